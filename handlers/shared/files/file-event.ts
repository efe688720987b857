import type { FileCounts, FileFieldError, FileReason } from './file-check-result';
import type { CheckedFile, ProcessedFile } from './file-record';
import { reportKey } from './file-report';
import type { OutcomeCounts } from './outcome-chunk';
import { CHANNEL, FILE_EVENT_TYPE, SCHEMA_VERSION, type FileEventType } from '../../../src/private/contract';
import { eventIdFor } from '../orders/ids';
import { tenantField } from '../orders/order-identity';

/** The metadata of an event about a file. */
export interface FileEventMetadata {
  /** Deterministic: an event that is published again has the same ID. */
  readonly eventId: string;
  readonly eventType: FileEventType;
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly fileId: string;
  /** The tenant of the file, in a pipeline with tenants. */
  readonly tenant?: string;
  /** The file ID, which is also the correlation ID of every order in the file. */
  readonly correlationId: string;
  readonly causationId: string;
  readonly occurredAt: string;
  readonly channel: typeof CHANNEL.FILE;
}

/** An event about a file. Its `detail` on the bus is `{ metadata, data }`. */
export interface FileEvent {
  readonly type: FileEventType;
  readonly metadata: FileEventMetadata;
  readonly data: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
    readonly counts: FileCounts;
    /** The S3 key of the report, in the same bucket. */
    readonly reportKey: string;
    /** In `OrderFileProcessed` only: the number of valid orders by outcome. */
    readonly outcomes?: OutcomeCounts;
    /** In `OrderFileRejected` only: the reason and the first errors. */
    readonly reason?: FileReason;
    readonly errors?: readonly FileFieldError[];
  };
}

/** Creates the event for a checked file. */
export const fileCheckedEvent = (file: CheckedFile): FileEvent =>
  createFileEvent(file.reason ? FILE_EVENT_TYPE.ORDER_FILE_REJECTED : FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED, file, file.validatedAt!);

/** Creates the event for a file whose valid orders are all in the orders queue. */
export const fileCompletedEvent = (file: CheckedFile, now: Date): FileEvent =>
  createFileEvent(FILE_EVENT_TYPE.ORDER_FILE_COMPLETED, file, now.toISOString());

/** Creates the event for a file of which the outcomes of all orders are known. */
export function fileProcessedEvent(file: ProcessedFile): FileEvent {
  const { data, ...event } = createFileEvent(FILE_EVENT_TYPE.ORDER_FILE_PROCESSED, file, file.processedAt);
  return { ...event, data: { ...data, outcomes: file.outcomes } };
}

function createFileEvent(type: FileEventType, file: CheckedFile, occurredAt: string): FileEvent {
  const { fileId, tenant, bucket, key, versionId, counts, reason, errors } = file;
  return {
    type,
    metadata: {
      eventId: eventIdFor(type, fileId),
      eventType: type,
      schemaVersion: SCHEMA_VERSION,
      fileId,
      ...tenantField({ tenant }),
      correlationId: fileId,
      causationId: fileId,
      occurredAt,
      channel: CHANNEL.FILE,
    },
    data: { bucket, key, ...(versionId ? { versionId } : {}), counts, reportKey: reportKey(file), ...(reason ? { reason, errors } : {}) },
  };
}
