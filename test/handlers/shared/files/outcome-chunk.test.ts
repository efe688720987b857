import * as fc from 'fast-check';
import {
  chunkOf, CHUNK_SIZE, countBits, countByOutcome, hasBit, hasOutcome, isChunkComplete, knownOutcomes, validByChunk, withBit, withOutcome,
  type OutcomeChunk,
} from '#shared';
import { fileIdOf } from '../../../support/sample-files';

const empty = (chunk = 0): OutcomeChunk => ({ fileId: fileIdOf(1), chunk, revision: 0, outcomes: {}, expiresAt: 1 });
const OUTCOMES = ['CONFIRMED', 'CHANGED', 'UNCHANGED', 'REJECTED'] as const;

test('a bitmap has the bits that were set, and no others, in as few bytes as possible', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(CHUNK_SIZE - 1)), (indexes) => {
    const bits = indexes.reduce<Uint8Array>(withBit, new Uint8Array());
    const set = Array.from({ length: CHUNK_SIZE }, (_, index) => index).filter((index) => hasBit(bits, index));
    expect(set).toEqual([...indexes].sort((one, other) => one - other));
    expect(countBits(bits)).toBe(indexes.length);
    expect(bits.length).toBe(indexes.length === 0 ? 0 : Math.floor(Math.max(...indexes) / 8) + 1);
  }));
});

test('a bitmap is not changed by setting a bit in its copy', () => {
  const bits = withBit(new Uint8Array(), 3);
  withBit(bits, 4);
  expect(countBits(bits)).toBe(1);
});

test('counts are those of the different orders, however often and in whatever order their outcomes arrive', () => {
  const outcome = fc.record({ index: fc.nat(3 * CHUNK_SIZE - 1), outcome: fc.constantFrom(...OUTCOMES) });
  const redelivered = fc.uniqueArray(outcome, { selector: ({ index }) => index, maxLength: 60 })
    .chain((outcomes) => fc.tuple(fc.constant(outcomes), fc.array(fc.nat(Math.max(0, outcomes.length - 1)), { maxLength: 200 })));
  fc.assert(fc.property(redelivered, ([outcomes, again]) => {
    const deliveries = outcomes.length === 0 ? [] : [...again.map((n) => outcomes[n]), ...outcomes];
    const chunks = new Map<number, OutcomeChunk>();
    for (const each of deliveries) {
      const chunk = chunks.get(chunkOf(each.index)) ?? empty(chunkOf(each.index));
      if (!hasOutcome(chunk, each.index)) chunks.set(chunk.chunk, withOutcome(chunk, each));
    }
    const count = (wanted: string) => outcomes.filter((each) => each.outcome === wanted).length;
    const counts = countByOutcome([...chunks.values()]);
    expect(counts).toEqual({ confirmed: count('CONFIRMED'), changed: count('CHANGED'), unchanged: count('UNCHANGED'), rejected: count('REJECTED') });
    expect(knownOutcomes(counts)).toBe(outcomes.length);
  }));
});

test('a chunk with all kinds of outcomes stays below 1 KB, for which DynamoDB bills one write unit', () => {
  let chunk = empty();
  for (let index = 0; index < CHUNK_SIZE; index++) chunk = withOutcome(chunk, { index, outcome: OUTCOMES[index % OUTCOMES.length] });
  const bytes = Object.values(chunk.outcomes).reduce((sum, bits) => sum + bits.length, 0);
  expect(bytes).toBeLessThan(800);
});

describe('a chunk is complete', () => {
  const known = (chunk: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({ index: chunk * CHUNK_SIZE + n, outcome: 'CONFIRMED' as const })).reduce(withOutcome, empty(chunk));

  test('when all of its orders are known: the last chunk of a file has fewer', () => {
    const counts = { orders: CHUNK_SIZE + 3, valid: CHUNK_SIZE + 3, repeated: 0, invalid: 0 };
    expect(isChunkComplete(known(0, CHUNK_SIZE), counts, undefined)).toBe(true);
    expect(isChunkComplete(known(0, CHUNK_SIZE - 1), counts, undefined)).toBe(false);
    expect(isChunkComplete(known(1, 3), counts, undefined)).toBe(true);
    expect(isChunkComplete(known(1, 2), counts, undefined)).toBe(false);
  });

  test('when its valid orders are known, if not all are valid', () => {
    const counts = { orders: CHUNK_SIZE + 3, valid: CHUNK_SIZE - 1, repeated: 2, invalid: 2 };
    const valid = validByChunk(counts, (index) => index >= 4);
    expect(valid).toEqual([CHUNK_SIZE - 4, 3]);
    expect(isChunkComplete(known(0, CHUNK_SIZE - 4), counts, valid)).toBe(true);
    expect(isChunkComplete(known(0, CHUNK_SIZE - 5), counts, valid)).toBe(false);
  });

  test('without a count for each chunk if all orders are valid', () => {
    expect(validByChunk({ orders: 3, valid: 3, repeated: 0, invalid: 0 }, () => true)).toBeUndefined();
    expect(validByChunk({ orders: 3, valid: 0, repeated: 0, invalid: 3 }, () => false)).toEqual([0]);
  });
});
