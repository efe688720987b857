import type { FieldError } from '../json/field-error';
import type { OrderFileLimits, OrderFilePosition } from '../order-file';
import type { UploadedFile } from './uploaded-file';

/** What a file's id looks like. */
export const FILE_ID_PATTERN = /^[0-9a-f]{32}$/;

/**
 * `RECEIVED`: being read. `REJECTED`: nothing of it was sent. `VALIDATED`: about to be sent. `EXTRACTING`: being sent.
 * `COMPLETED`: every valid order of it is in the orders queue.
 */
export const FILE_STATES = ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'] as const;
export type FileState = (typeof FILE_STATES)[number];

/** How many orders a file has, by what they are. */
export interface FileCounts {
  readonly orders: number;
  readonly valid: number;
  /** The same order again, further down in the file. */
  readonly repeated: number;
  readonly invalid: number;
}

/** Something wrong with one order of a file. */
export interface FileFieldError extends FieldError {
  readonly index: number;
  readonly line: number;
  readonly offset: number;
  /** When it could be read and looks like one. */
  readonly orderId?: string;
}

/** Why a file as a whole was rejected. */
export interface FileReason {
  readonly code: string;
  readonly message: string;
  /** In the uncompressed file, bytes; where the fault has a place. */
  readonly offset?: number;
  /** From 1; where the fault has a place. */
  readonly line?: number;
}

/** So many errors a file's record holds, and so many an order's line in the report. */
export const MAX_FILE_ERRORS = 20;

/** What reading a file showed. */
export interface FileCheckResult {
  readonly counts: FileCounts;
  /** The first `MAX_FILE_ERRORS`. */
  readonly errors: readonly FileFieldError[];
  /** SHA-256 of the bytes as stored, when all of them were read. */
  readonly checksum?: string;
  /** Why nothing of it is sent. */
  readonly reason?: FileReason;
}

/** Where the extraction has got to. */
export interface FileProgress {
  readonly sent: number;
  readonly position: OrderFilePosition;
}

/** A file in the files table: its validation history. */
export interface FileRecord extends UploadedFile, Partial<FileCheckResult> {
  readonly state: FileState;
  readonly receivedAt: string;
  readonly validatedAt?: string;
  readonly completedAt?: string;
  /** The limits it was checked against; extraction keeps to them, whatever was deployed since. */
  readonly limits: OrderFileLimits;
  readonly progress?: FileProgress;
  /** Whether people were told of a bad file. */
  readonly alerted?: boolean;
  /** Whether event, alert and queue message of the validation have gone out. */
  readonly notified?: boolean;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/** A file that was checked. */
export type CheckedFile = FileRecord & FileCheckResult;

/** The record of a file that nobody has looked at yet. */
export const newFileRecord = (upload: UploadedFile, limits: OrderFileLimits, now: Date, retentionSeconds: number): FileRecord => ({
  ...upload,
  state: 'RECEIVED',
  receivedAt: now.toISOString(),
  limits,
  expiresAt: Math.floor(now.getTime() / 1000) + retentionSeconds,
});
