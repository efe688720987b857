/**
 * Makes a function process tasks with the same key one after the other: concurrent messages about one order would only cause write conflicts.
 *
 * @param keyOf returns the key of a task; undefined for a task that need not wait for others.
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
