import * as fc from 'fast-check';
import { pack } from '../../../../handlers/shared/messaging/pack';

const LIMIT = { count: 3, bytes: 10 };
const lengthOf = (text: string) => text.length;
const packed = (...entries: string[]) => pack(entries, LIMIT, lengthOf);

const sizes = fc.array(fc.nat(30), { maxLength: 60 });
const limits = fc.record({ count: fc.integer({ min: 1, max: 10 }), bytes: fc.integer({ min: 1, max: 40 }) });

test('nothing makes no batch', () => {
  expect(packed()).toEqual([]);
});

test('a batch is full at its count', () => {
  expect(packed('a', 'b', 'c', 'd')).toEqual([['a', 'b', 'c'], ['d']]);
});

test('a batch is full at its bytes, and not one before', () => {
  expect(packed('aaaaa', 'bbbbb', 'c')).toEqual([['aaaaa', 'bbbbb'], ['c']]);
});

test('an entry larger than a batch has one of its own', () => {
  expect(packed('a', 'b'.repeat(11), 'c')).toEqual([['a'], ['b'.repeat(11)], ['c']]);
});

test('no entry is lost, repeated or moved', () => {
  fc.assert(fc.property(sizes, limits, (entries, limit) => {
    expect(pack(entries, limit, (bytes) => bytes).flat()).toEqual(entries);
  }));
});

test('no batch is empty or goes beyond its limits, but for one entry that does so alone', () => {
  fc.assert(fc.property(sizes, limits, (entries, limit) => {
    const wrong = pack(entries, limit, (bytes) => bytes).filter((batch) =>
      batch.length === 0 || batch.length > limit.count || (batch.length > 1 && sum(batch) > limit.bytes));
    expect(wrong).toEqual([]);
  }));
});

test('no batch ends while the next entry still fits', () => {
  fc.assert(fc.property(sizes, limits, (entries, limit) => {
    const batches = pack(entries, limit, (bytes) => bytes);
    const early = batches.slice(0, -1).filter((batch, n) => batch.length < limit.count && sum(batch) + batches[n + 1][0] <= limit.bytes);
    expect(early).toEqual([]);
  }));
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
