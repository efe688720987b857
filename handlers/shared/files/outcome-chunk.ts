import { countBits, hasBit, withBit, type Bitmap } from './bitmap';
import type { FileCounts } from './file-check-result';
import { FILE_ORDER_OUTCOME, type FileOrderOutcome } from '../../../src/private/contract';

/** The number of orders whose outcomes are in one item: so many that the item is below 1 KB, for which DynamoDB bills one write unit. */
export const CHUNK_SIZE = 1536;

/**
 * The outcomes of neighboring orders of a file: one bitmap for each outcome, with one bit per order. To set a bit again changes nothing, so a
 * redelivered outcome does not count twice.
 */
export interface OutcomeChunk {
  readonly fileId: string;
  /** From 0: the index of an order, divided by the size of a chunk. */
  readonly chunk: number;
  /** Increases by one with every write. Each write requires the previous revision (optimistic locking). */
  readonly revision: number;
  readonly outcomes: Readonly<Partial<Record<FileOrderOutcome, Bitmap>>>;
  /** Unix time in seconds: that of the file. */
  readonly expiresAt: number;
}

/** The number of a file's orders by outcome. */
export interface OutcomeCounts {
  readonly confirmed: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** The chunk of an order. */
export const chunkOf = (index: number): number => Math.floor(index / CHUNK_SIZE);

/** Returns whether the outcome of an order is known. */
export const hasOutcome = ({ outcomes }: OutcomeChunk, index: number): boolean =>
  Object.values(outcomes).some((bits) => hasBit(bits, index % CHUNK_SIZE));

/** Returns the chunk with the outcome of one more order. */
export const withOutcome = (chunk: OutcomeChunk, { index, outcome }: { readonly index: number; readonly outcome: FileOrderOutcome }): OutcomeChunk =>
  ({ ...chunk, outcomes: { ...chunk.outcomes, [outcome]: withBit(chunk.outcomes[outcome] ?? new Uint8Array(), index % CHUNK_SIZE) } });

/** Counts the orders of chunks by outcome. */
export function countByOutcome(chunks: readonly Pick<OutcomeChunk, 'outcomes'>[]): OutcomeCounts {
  const count = (outcome: FileOrderOutcome) => chunks.reduce((sum, { outcomes }) => sum + countBits(outcomes[outcome] ?? new Uint8Array()), 0);
  return {
    confirmed: count(FILE_ORDER_OUTCOME.CONFIRMED),
    changed: count(FILE_ORDER_OUTCOME.CHANGED),
    unchanged: count(FILE_ORDER_OUTCOME.UNCHANGED),
    rejected: count(FILE_ORDER_OUTCOME.REJECTED),
  };
}

/** The number of orders whose outcome is known. */
export const knownOutcomes = ({ confirmed, changed, unchanged, rejected }: OutcomeCounts): number => confirmed + changed + unchanged + rejected;

/** Counts the valid orders in each chunk of a file. Undefined if all orders are valid: then the chunks have as many as they have room for. */
export function validByChunk({ orders, valid }: FileCounts, isValid: (index: number) => boolean): number[] | undefined {
  if (valid === orders) return undefined;
  const counts = new Array<number>(Math.ceil(orders / CHUNK_SIZE)).fill(0);
  for (let index = 0; index < orders; index++) if (isValid(index)) counts[chunkOf(index)]++;
  return counts;
}

/** Returns whether the outcomes of all valid orders of a chunk are known. */
export function isChunkComplete(chunk: OutcomeChunk, counts: FileCounts, validIn: readonly number[] | undefined): boolean {
  const valid = validIn ? validIn[chunk.chunk] : Math.min(CHUNK_SIZE, counts.orders - chunk.chunk * CHUNK_SIZE);
  return knownOutcomes(countByOutcome([chunk])) >= valid;
}
