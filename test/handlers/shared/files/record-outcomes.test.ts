import { recordInChunk, withOutcome, type OutcomeChunk, type OutcomeStore, type RecordedOutcome, type RejectedFileOrder } from '#shared';
import { checkedFile, FILE_TIME, fileIdOf } from '../../../support/sample-files';

const FILE = checkedFile({ state: 'EXTRACTING', expiresAt: 99 });
const REJECTION = { code: 'DUPLICATE_ORDER_ID', reason: 'taken', errors: [] };
const outcomeOf = (index: number, outcome: RecordedOutcome['outcome'] = 'CONFIRMED'): RecordedOutcome =>
  ({ fileId: FILE.fileId, orderId: `order-${index}`, index, outcome, at: FILE_TIME, ...(outcome === 'REJECTED' ? { rejection: REJECTION } : {}) });

/** A chunk in memory. Another writer may be faster. */
class MemoryStore implements OutcomeStore {
  chunk?: OutcomeChunk;
  readonly calls: string[] = [];
  readonly rejections = new Map<number, RejectedFileOrder>();
  beforeSave?: (attempt: number) => void;
  private attempts = 0;

  readonly loadChunk = async () => this.chunk;

  readonly saveChunk: OutcomeStore['saveChunk'] = async (chunk) => {
    this.calls.push('chunk');
    this.beforeSave?.(++this.attempts);
    if (chunk.revision !== (this.chunk?.revision ?? 0) + 1) return { written: false, current: this.chunk };
    this.chunk = chunk;
    return { written: true };
  };

  readonly saveRejection = async (order: RejectedFileOrder) => {
    this.calls.push(`rejection ${order.index}`);
    this.rejections.set(order.index, order);
  };

  /** Another writer records an outcome. */
  record(outcome: RecordedOutcome): void {
    const chunk = this.chunk ?? { fileId: FILE.fileId, chunk: 0, revision: 0, outcomes: {}, expiresAt: 99 };
    this.chunk = { ...withOutcome(chunk, outcome), revision: chunk.revision + 1 };
  }
}

let store: MemoryStore;
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause after a conflict
  store = new MemoryStore();
});

const record = (...outcomes: RecordedOutcome[]) => recordInChunk(FILE, 0, outcomes, store);
const indexes = (outcomes: readonly RecordedOutcome[]) => outcomes.map(({ index }) => index);

test('outcomes are recorded in one write, and expire with their file', async () => {
  const { chunk, recorded } = await record(outcomeOf(0), outcomeOf(2, 'UNCHANGED'));
  expect(store.calls).toEqual(['chunk']);
  expect(indexes(recorded)).toEqual([0, 2]);
  const bitmaps = { CONFIRMED: new Uint8Array([1]), UNCHANGED: new Uint8Array([4]) };
  expect(store.chunk).toEqual({ fileId: fileIdOf(1), chunk: 0, revision: 1, outcomes: bitmaps, expiresAt: 99 });
  expect(chunk).toEqual(store.chunk);
});

test('outcomes that are known already are not written again', async () => {
  await record(outcomeOf(0), outcomeOf(1, 'REJECTED'));
  store.calls.length = 0;
  const { chunk, recorded } = await record(outcomeOf(1, 'REJECTED'), outcomeOf(0));
  expect([store.calls, recorded, chunk]).toEqual([[], [], store.chunk]);
});

test('the first outcome of an order counts', async () => {
  await record(outcomeOf(0));
  expect(indexes((await record(outcomeOf(0, 'REJECTED'), outcomeOf(1))).recorded)).toEqual([1]);
  expect(store.rejections.size).toBe(0);
});

test('a rejected order is stored before its outcome', async () => {
  await record(outcomeOf(3, 'REJECTED'));
  expect(store.calls).toEqual(['rejection 3', 'chunk']);
  expect(store.rejections.get(3)).toEqual({ fileId: fileIdOf(1), index: 3, orderId: 'order-3', ...REJECTION, rejectedAt: FILE_TIME, expiresAt: 99 });
});

test('after a conflict, the outcomes are added to those of the other writer', async () => {
  store.beforeSave = (attempt) => { if (attempt <= 2) store.record(outcomeOf(attempt * 10)); };
  const { chunk, recorded } = await record(outcomeOf(0), outcomeOf(10), outcomeOf(1, 'REJECTED'));
  expect(indexes(recorded)).toEqual([0, 1]);
  expect(chunk).toMatchObject({ revision: 3, outcomes: { REJECTED: new Uint8Array([2]) } });
  expect(store.calls).toEqual(['rejection 1', 'chunk', 'chunk', 'chunk']);
});

test('fails after too many conflicts: the records of the stream are delivered again', async () => {
  store.beforeSave = (attempt) => { store.record(outcomeOf(100 + attempt)); };
  await expect(record(outcomeOf(0))).rejects.toMatchObject({ name: 'FileOutcomesContended' });
});

test('starts again with an empty chunk when the stored one has expired in between', async () => {
  store.record(outcomeOf(9));
  store.beforeSave = (attempt) => { if (attempt === 1) store.chunk = undefined; };
  expect((await record(outcomeOf(0))).chunk).toMatchObject({ revision: 1, outcomes: { CONFIRMED: new Uint8Array([1]) } });
});
