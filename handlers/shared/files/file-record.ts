import * as z from 'zod/mini';
import type { OrderFileLimits, OrderFilePosition } from '../order-file';
import type { FileCheckResult, FileReason } from './file-check-result';
import type { OutcomeCounts } from './outcome-chunk';
import type { UploadedFile } from './uploaded-file';
import { INCOMING_PREFIX, TENANT_PATTERN, type ExistingOrderPolicy } from '../../../src/private/contract';
import { FILE_ID_PATTERN } from '../orders/ids';

/** The message in the valid-files queue: the ID of a file to extract. */
export const fileMessageSchema = z.object({ fileId: z.string().check(z.regex(FILE_ID_PATTERN)) });
export type FileMessage = z.infer<typeof fileMessageSchema>;

/**
 * `RECEIVED`: the file is being checked. `REJECTED`: none of its orders was sent. `VALIDATED`: its orders are about to be sent.
 * `EXTRACTING`: its orders are being sent. `COMPLETED`: all of its valid orders are in the orders queue.
 */
export const FILE_STATES = ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'] as const;
export type FileState = (typeof FILE_STATES)[number];

/** The checkpoint of an extraction. */
export interface FileProgress {
  /** The number of orders sent. */
  readonly sent: number;
  readonly position: OrderFilePosition;
}

/** A file in the files table. */
export interface FileRecord extends UploadedFile, Partial<FileCheckResult> {
  readonly state: FileState;
  /** The tenant of all of its orders, in a pipeline with tenants. Absent if its key names none: such a file is rejected. */
  readonly tenant?: string;
  readonly receivedAt: string;
  readonly validatedAt?: string;
  readonly completedAt?: string;
  /** The limits at the time of the check. Extraction uses the same limits, even after a deployment that changes them. */
  readonly limits: OrderFileLimits;
  /** What its orders do if their IDs belong to orders with other content; extraction uses the same policy, too. */
  readonly onExistingOrder: ExistingOrderPolicy;
  readonly progress?: FileProgress;
  /** Whether the alert about invalid orders was published. */
  readonly alerted?: boolean;
  /** Whether the event, the alert and the queue message about the check were sent. */
  readonly notified?: boolean;
  /** The number of valid orders in each chunk of outcomes. Absent until all orders are sent, and if all orders are valid. */
  readonly validByChunk?: readonly number[];
  /** When the last outcome of an order was known, and the outcomes. */
  readonly processedAt?: string;
  readonly outcomes?: OutcomeCounts;
  /** Whether the alert about rejected orders was published. */
  readonly rejectionsAlerted?: boolean;
  /** Whether the event and the alert about the outcomes were published. */
  readonly outcomesNotified?: boolean;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/** A file after its check. */
export type CheckedFile = FileRecord & FileCheckResult;

/** A file with the outcomes of all of its orders. */
export type ProcessedFile = CheckedFile & Required<Pick<FileRecord, 'processedAt' | 'outcomes'>>;

/** The settings with which a file is read. */
export interface FileSettings extends Pick<FileRecord, 'limits' | 'onExistingOrder'> {
  /** Whether the folder of a file below `incoming/` is its tenant. */
  readonly hasTenants: boolean;
  readonly retentionSeconds: number;
}

/** The folder below `incoming/` is the tenant of a file. */
function tenantIn(key: string): Pick<FileRecord, 'tenant'> {
  const [tenant, name] = key.slice(INCOMING_PREFIX.length).split('/');
  return name !== undefined && TENANT_PATTERN.test(tenant) ? { tenant } : {};
}

/** Why a file that names no tenant is rejected. */
export const NO_TENANT: FileReason = {
  code: 'NO_TENANT', message: `the key of the file must be ${INCOMING_PREFIX}<tenant>/<name>; a tenant has 1 to 50 of A-Z a-z 0-9 _ -`,
};

/** Creates the record of a file before its check. */
export const newFileRecord = (
  upload: UploadedFile, { retentionSeconds, hasTenants, ...settings }: FileSettings, now: Date,
): FileRecord => ({
  ...upload,
  ...(hasTenants ? tenantIn(upload.key) : {}),
  state: 'RECEIVED',
  receivedAt: now.toISOString(),
  ...settings,
  expiresAt: Math.floor(now.getTime() / 1000) + retentionSeconds,
});
