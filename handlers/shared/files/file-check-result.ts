import { INVALID_ORDER_POLICY } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

/** The number of orders in a file, by result. */
export interface FileCounts {
  readonly orders: number;
  readonly valid: number;
  /** Orders equal to an earlier order of the file. */
  readonly repeated: number;
  readonly invalid: number;
}

/** An error in one order of a file. */
export interface FileFieldError extends FieldError {
  readonly index: number;
  readonly line: number;
  readonly offset: number;
  /** The order ID, if it has a valid format. */
  readonly orderId?: string;
}

/** Why a whole file was rejected. */
export interface FileReason {
  readonly code: string;
  readonly message: string;
  /** Bytes in the uncompressed file, if the error has a location. */
  readonly offset?: number;
  /** From 1, if the error has a location. */
  readonly line?: number;
}

/** The maximum number of errors in a file's record, and in the report for one order. */
export const MAX_FILE_ERRORS = 20;

/** The result of checking a file. */
export interface FileCheckResult {
  readonly counts: FileCounts;
  /** The first `MAX_FILE_ERRORS`. */
  readonly errors: readonly FileFieldError[];
  /** SHA-256 of the stored bytes, if the file was read to its end. */
  readonly checksum?: string;
  /** Why the file was rejected. */
  readonly reason?: FileReason;
}

/** The counts and errors of a check, and why the file could not be read to its end. */
type CompletedCheck = Pick<FileCheckResult, 'counts' | 'errors'> & { readonly failure?: FileReason };

/** Applies the policy for invalid orders to a check. */
export function fileCheckResult({ counts, errors, failure }: CompletedCheck, checksum: string | undefined, onInvalidOrder: string): FileCheckResult {
  const isRejected = onInvalidOrder === INVALID_ORDER_POLICY.REJECT_FILE && counts.invalid > 0;
  const reason = failure ?? (isRejected ? invalidOrders(counts) : undefined);
  return { counts, errors, ...(checksum ? { checksum } : {}), ...(reason ? { reason } : {}) };
}

const invalidOrders = ({ invalid, orders }: FileCounts): FileReason => ({
  code: 'INVALID_ORDERS',
  message: `${invalid} of ${orders} orders are invalid, and a file with invalid orders is rejected as a whole`,
});
