/** Makes a function that repeats the last result of another one, until it is older than `ms`. */
export function atMostEvery<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | undefined;
  let readAt = -Infinity;
  return () => {
    if (last === undefined || Date.now() > readAt + ms) {
      readAt = Date.now();
      last = read();
    }
    return last;
  };
}
