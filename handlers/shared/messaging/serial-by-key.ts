/**
 * Makes work that is done for one key at a time: two messages about one order, in one batch, would only get into each other's way.
 *
 * @param keyOf the key of a task; undefined where it belongs to no other.
 */
export function serialByKey<Task, Result>(
  keyOf: (task: Task) => string | undefined, work: (task: Task) => Promise<Result>,
): (task: Task) => Promise<Result> {
  const tails = new Map<string, Promise<unknown>>();
  return (task) => {
    const key = keyOf(task);
    if (key === undefined) return work(task);
    const result = (tails.get(key) ?? Promise.resolve()).then(() => work(task));
    const tail = result.catch(() => undefined).then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    tails.set(key, tail);
    return result;
  };
}
