import { sizeOf, writeUnitsFor } from './sizes';
import type { IndexSettings, TableSettings } from '../../simulation/deployment';
import type { Images } from '../../simulation/dynamodb';

type Item = Readonly<Record<string, unknown>>;

/** The entry of an item in an index; undefined where the item lacks a key of the index. */
export function entryOf(item: Item | undefined, table: TableSettings, index: IndexSettings): Item | undefined {
  const { partitionKey, sortKey, projected } = index;
  if (item?.[partitionKey] === undefined || (sortKey !== undefined && item[sortKey] === undefined)) return undefined;
  if (!projected) return item;
  const names = new Set([table.partitionKey, table.sortKey, partitionKey, sortKey, ...projected]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** The write units of a write by table and index: each rounds up to a kilobyte, and the larger of the old and new item counts. */
export function writeUnitsOf(table: string, { before, after }: Images, settings: TableSettings): Record<string, number> {
  // Time to live deletes without write units.
  if (!after) return {};
  const units = { [table]: writeUnitsFor(Math.max(before ? sizeOf(before) : 0, sizeOf(after))) };
  for (const [name, index] of Object.entries({ ...settings.indexes, ...settings.localIndexes })) {
    const count = indexUnits(entryOf(before, settings, index), entryOf(after, settings, index), index);
    if (count > 0) units[`${table} ${name}`] = count;
  }
  return units;
}

/** An entry whose key changes is deleted and written; one that does not change costs nothing. */
function indexUnits(before: Item | undefined, after: Item | undefined, { partitionKey, sortKey }: IndexSettings): number {
  const [old, now] = [before, after].map((entry) => (entry ? writeUnitsFor(sizeOf(entry)) : 0));
  if (!before || !after) return old + now;
  const isMoved = [partitionKey, sortKey].some((key) => key !== undefined && before[key] !== after[key]);
  if (isMoved) return old + now;
  return JSON.stringify(before) === JSON.stringify(after) ? 0 : Math.max(old, now);
}
