import { writeUnitsOf } from './write-units';
import type { TableSettings } from '../../simulation/deployment';

const SETTINGS: TableSettings = {
  partitionKey: 'id',
  indexes: { byStatus: { partitionKey: 'status', sortKey: 'time', projected: ['total'] } },
  localIndexes: { all: { partitionKey: 'id', sortKey: 'time' } },
};
const kilobytes = (count: number) => 'x'.repeat(count * 1024 - 100);

test('an item and each of its entries round up to a kilobyte', () => {
  expect(writeUnitsOf('T', { after: { id: 'a', status: 's', time: 1, text: kilobytes(3) } }, SETTINGS)).toEqual({ 'T': 3, 'T byStatus': 1, 'T all': 3 });
});

test('an item without the keys of an index has no entry in it', () => {
  expect(writeUnitsOf('T', { after: { id: 'a', status: 's' } }, SETTINGS)).toEqual({ T: 1 });
});

test('the larger of the old and the new item counts', () => {
  expect(writeUnitsOf('T', { before: { id: 'a', text: kilobytes(5) }, after: { id: 'a' } }, SETTINGS)).toEqual({ T: 5 });
});

test('an entry whose key changes is deleted and written, and one that does not change costs nothing', () => {
  const before = { id: 'a', status: 's', time: 1 };
  expect(writeUnitsOf('T', { before, after: { ...before, status: 't' } }, SETTINGS)).toEqual({ 'T': 1, 'T byStatus': 2, 'T all': 1 });
  expect(writeUnitsOf('T', { before, after: { ...before, other: 1 } }, SETTINGS)).toEqual({ 'T': 1, 'T all': 1 });
});

test('time to live deletes without write units', () => {
  expect(writeUnitsOf('T', { before: { id: 'a' } }, SETTINGS)).toEqual({});
});
