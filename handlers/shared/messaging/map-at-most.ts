/** Maps items by an asynchronous function with a maximum concurrency. The results are in the order of the items. */
export async function mapAtMost<T, R>(maxConcurrency: number, items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  await Promise.all(Array.from({ length: maxConcurrency }, async () => {
    for (const [index, item] of entries) results[index] = await map(item);
  }));
  return results;
}
