import { announceOutcomes, type AnnouncementContext } from './announce-outcomes';
import type { RecordedOutcome } from './file-order-rejection';
import type { FileRecord } from './file-record';
import { chunkOf, isChunkComplete } from './outcome-chunk';
import { recordInChunk, type OutcomeStore, type RecordedChunk } from './record-outcomes';
import { FILE_ORDER_OUTCOME, type FileOrderOutcome } from '../../../src/private/contract';
import type { Outcome } from '../telemetry/outcome';

/** Dependencies of the recording of outcomes. */
export interface OutcomeContext extends AnnouncementContext {
  readonly store: OutcomeStore;
  /** Reads the record of a file, strongly consistent. */
  readonly getFile: (fileId: string) => Promise<FileRecord | undefined>;
}

/** What happened to each outcome, and to the file. */
export interface RecordedFile {
  readonly outcomes: ReadonlyMap<RecordedOutcome, string>;
  readonly announced: readonly Outcome[];
}

const RECORDED: Readonly<Record<FileOrderOutcome, string>> = {
  [FILE_ORDER_OUTCOME.CONFIRMED]: 'FileOrderConfirmed',
  [FILE_ORDER_OUTCOME.CHANGED]: 'FileOrderChanged',
  [FILE_ORDER_OUTCOME.UNCHANGED]: 'FileOrderUnchanged',
  [FILE_ORDER_OUTCOME.REJECTED]: 'FileOrderRejected',
};

/** Records outcomes of the orders of one file, and announces them if none is missing any more. Outcomes of an expired file are ignored. */
export async function recordOutcomesOfFile(fileId: string, outcomes: readonly RecordedOutcome[], context: OutcomeContext): Promise<RecordedFile> {
  const file = await context.getFile(fileId);
  if (!file) return { outcomes: new Map(outcomes.map((each) => [each, 'FileOutcomeIgnored'])), announced: [] };
  const chunks = await Promise.all([...Map.groupBy(outcomes, ({ index }) => chunkOf(index))]
    .map(([chunk, ofChunk]) => recordInChunk(file, chunk, ofChunk, context.store)));
  const recorded = new Set(chunks.flatMap((chunk) => chunk.recorded));
  return {
    outcomes: new Map(outcomes.map((each) => [each, recorded.has(each) ? RECORDED[each.outcome] : 'FileOutcomeRepeated'])),
    announced: await announceIfComplete(file, chunks, context),
  };
}

/** To count the outcomes of a large file takes many reads, so it is done only after a chunk is complete. */
async function announceIfComplete(before: FileRecord, chunks: readonly RecordedChunk[], context: OutcomeContext): Promise<Outcome[]> {
  // Extraction may have completed the file while the outcomes were recorded. Then it did not see them, and they have to see that.
  const file = before.state === 'COMPLETED' ? before : await context.getFile(before.fileId);
  if (file?.state !== 'COMPLETED' || !chunks.some(({ chunk }) => isChunkComplete(chunk, file.counts!, file.validByChunk))) return [];
  return announceOutcomes(file, context);
}
