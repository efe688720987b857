import type { CheckedFile, FileCounts, FileFieldError, FileReason } from './file-record';
import { reportKey } from './report-keys';
import { FILE_EVENT_TYPE, SCHEMA_VERSION, type FileEventType } from '../../../src/private/contract';
import { eventIdFor } from '../orders/ids';

/** Who, when and why of an event about a file. */
export interface FileEventMetadata {
  /** Deterministic: an event that is said again has the same id. */
  readonly eventId: string;
  readonly eventType: FileEventType;
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly fileId: string;
  /** The file's id: it follows every order of the file. */
  readonly correlationId: string;
  readonly causationId: string;
  readonly occurredAt: string;
  readonly channel: 'file';
}

/** An event about a file, as it is said on the bus. Its detail there is `{ metadata, data }`. */
export interface FileEvent {
  readonly type: FileEventType;
  readonly metadata: FileEventMetadata;
  readonly data: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
    readonly counts: FileCounts;
    /** Where in the bucket the report is. */
    readonly reportKey: string;
    /** `OrderFileRejected` alone: why, and the first errors. */
    readonly reason?: FileReason;
    readonly errors?: readonly FileFieldError[];
  };
}

/** What to say of a file that was checked. */
export const fileChecked = (file: CheckedFile): FileEvent =>
  createFileEvent(file.reason ? FILE_EVENT_TYPE.ORDER_FILE_REJECTED : FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED, file, file.validatedAt!);

/** What to say of a file whose orders are all in the orders queue. */
export const fileCompleted = (file: CheckedFile, now: Date): FileEvent =>
  createFileEvent(FILE_EVENT_TYPE.ORDER_FILE_COMPLETED, file, now.toISOString());

function createFileEvent(type: FileEventType, file: CheckedFile, occurredAt: string): FileEvent {
  const { fileId, bucket, key, versionId, counts, reason, errors } = file;
  return {
    type,
    metadata: {
      eventId: eventIdFor(type, fileId),
      eventType: type,
      schemaVersion: SCHEMA_VERSION,
      fileId,
      correlationId: fileId,
      causationId: fileId,
      occurredAt,
      channel: 'file',
    },
    data: { bucket, key, ...(versionId ? { versionId } : {}), counts, reportKey: reportKey(fileId), ...(reason ? { reason, errors } : {}) },
  };
}
