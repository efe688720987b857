/**
 * Packs entries into batches, in order, each within a count and a number of bytes. An entry that is too large for any batch has its own, for
 * which the service returns the error.
 */
export function pack<T>(entries: readonly T[], limit: { readonly count: number; readonly bytes: number }, bytesOf: (entry: T) => number): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    const last = batches.at(-1);
    if (!last || last.length === limit.count || bytes > room) {
      batches.push([entry]);
      room = limit.bytes - bytes;
    } else {
      last.push(entry);
      room -= bytes;
    }
  }
  return batches;
}
