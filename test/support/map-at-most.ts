/** Maps items by an asynchronous function, so many at once, in order. */
export async function mapAtMost<T, R>(atOnce: number, items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const [index, item] of entries) results[index] = await map(item);
  }));
  return results;
}
