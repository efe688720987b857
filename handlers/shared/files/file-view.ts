import type { FileRecord } from './file-record';
import { reportKey, summaryKey } from './file-report';

/** Returns a file as the API shows it: its state, counts, first errors and report location, without internal attributes. */
export function fileView(file: FileRecord): Record<string, unknown> {
  const { progress, alerted, notified, expiresAt, limits, etag, ...view } = file;
  const isReported = file.state !== 'RECEIVED';
  return {
    ...view,
    sent: progress?.sent ?? 0,
    ...(isReported ? { report: { bucket: file.bucket, key: reportKey(file.fileId), summaryKey: summaryKey(file.fileId) } } : {}),
  };
}
