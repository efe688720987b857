import { setTimeout as sleep } from 'node:timers/promises';
import { rejectedOrders, type RecordedOutcome, type RejectedFileOrder } from './file-order-rejection';
import type { FileRecord } from './file-record';
import { hasOutcome, withOutcome, type OutcomeChunk } from './outcome-chunk';
import { RetryableError } from '../messaging/errors';

/** Stores the outcomes of the orders of files. */
export interface OutcomeStore {
  /** Reads a chunk, strongly consistent. */
  readonly loadChunk: (fileId: string, chunk: number) => Promise<OutcomeChunk | undefined>;
  /**
   * Writes a chunk on the condition that the stored one has the previous revision, or that none is stored before the first.
   *
   * @returns whether it was written, else the stored chunk.
   */
  readonly saveChunk: (chunk: OutcomeChunk) =>
  Promise<{ readonly written: true } | { readonly written: false; readonly current: OutcomeChunk | undefined }>;
  readonly saveRejection: (order: RejectedFileOrder) => Promise<unknown>;
}

/** A chunk after outcomes were recorded in it, and those of them that were new. */
export interface RecordedChunk {
  readonly chunk: OutcomeChunk;
  readonly recorded: readonly RecordedOutcome[];
}

/** Conflicts with other writers, after each of which the chunk is computed again. The pause before that grows. */
const MAX_CONFLICTS = 40;
const PAUSE_MS = 5;

/**
 * Records the outcomes of orders in their chunk. Outcomes that are recorded already have no effect. Rejected orders are stored before their
 * outcome, so that every rejection that counts is in the list.
 *
 * @throws RetryableError after too many write conflicts.
 */
export async function recordInChunk(
  { fileId, expiresAt }: FileRecord, number: number, outcomes: readonly RecordedOutcome[], store: OutcomeStore,
): Promise<RecordedChunk> {
  const newChunk: OutcomeChunk = { fileId, chunk: number, revision: 0, outcomes: {}, expiresAt };
  let chunk = await store.loadChunk(fileId, number) ?? newChunk;
  for (let conflicts = 0; ;) {
    const unknown = outcomes.filter(({ index }) => !hasOutcome(chunk, index));
    if (unknown.length === 0) return { chunk, recorded: [] };
    if (conflicts === 0) await Promise.all(rejectedOrders(unknown, expiresAt).map((order) => store.saveRejection(order)));
    const next = { ...unknown.reduce(withOutcome, chunk), revision: chunk.revision + 1 };
    const answer = await store.saveChunk(next);
    if (answer.written) return { chunk: next, recorded: unknown };
    if (++conflicts > MAX_CONFLICTS) throw new RetryableError('FileOutcomesContended', 'too many write conflicts on the outcomes of the file');
    await sleep(Math.random() * PAUSE_MS * Math.min(conflicts, 20));
    chunk = answer.current ?? newChunk;
  }
}
