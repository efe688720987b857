import type { FileRecord } from './file-record';
import { reportKey, summaryKey } from './file-report';
import { knownOutcomes, type OutcomeCounts } from './outcome-chunk';

/**
 * Returns a file as the API shows it: its state, counts, first errors and report location, without internal attributes.
 *
 * @param known the known outcomes of its orders. By default, they are shown only if none is missing.
 */
export function fileView(file: FileRecord, known?: OutcomeCounts): Record<string, unknown> {
  const {
    progress, alerted, notified, expiresAt, limits, onExistingOrder, etag, validByChunk, outcomes, rejectionsAlerted, outcomesNotified, ...view
  } = file;
  const isReported = file.state !== 'RECEIVED';
  return {
    ...view,
    sent: progress?.sent ?? 0,
    ...outcomesView(file, outcomes ?? known),
    ...(isReported ? { report: { bucket: file.bucket, key: reportKey(file), summaryKey: summaryKey(file) } } : {}),
  };
}

/** Returns whether outcomes of a file's orders are to be expected: its valid orders are sent. */
export const hasOutcomes = ({ state }: FileRecord): boolean => state !== 'RECEIVED' && state !== 'REJECTED';

const outcomesView = (file: FileRecord, outcomes: OutcomeCounts | undefined) =>
  (outcomes && hasOutcomes(file) ? { outcomes: { ...outcomes, pending: file.counts!.valid - knownOutcomes(outcomes) } } : {});
