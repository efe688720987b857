import type { FileRecord } from './file-record';
import { reportKey, summaryKey } from './report-keys';

/** What a client sees of a file: its state, counts, first errors and where the report is, without the bookkeeping. */
export function fileView(file: FileRecord): Record<string, unknown> {
  const { progress, alerted, notified, expiresAt, limits, etag, ...view } = file;
  const isReported = file.state !== 'RECEIVED';
  return {
    ...view,
    sent: progress?.sent ?? 0,
    ...(isReported ? { report: { bucket: file.bucket, key: reportKey(file.fileId), summaryKey: summaryKey(file.fileId) } } : {}),
  };
}
