import type { OrderFileLocation } from './order-file-position';

/** Errors that make a whole file unreadable. */
export type OrderFileErrorCode =
  | 'EMPTY_FILE' | 'UNSUPPORTED_FORMAT' | 'NOT_UTF8' | 'INVALID_JSON' | 'TRUNCATED' | 'FILE_TOO_LARGE' | 'TOO_MANY_ORDERS' | 'VALUE_TOO_LARGE'
  | 'INVALID_GZIP' | 'INVALID_CSV' | 'INVALID_HEADER' | 'ROW_TOO_LARGE' | 'CHECK_TOOK_TOO_LONG';

/** An error that makes the whole file unreadable. The message states the error and its location. It quotes one character at most, and the
 * header of CSV. */
export class OrderFileError extends Error {
  readonly code: string;
  /** Bytes in the uncompressed file. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;

  constructor(code: OrderFileErrorCode, description: string, { offset, line }: OrderFileLocation) {
    super(`${description} (byte ${offset}, line ${line})`);
    this.name = 'OrderFileError';
    this.code = code;
    this.offset = offset;
    this.line = line;
  }
}
