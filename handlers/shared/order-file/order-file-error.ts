import type { OrderFilePlace } from './order-file-position';

/** What can make a whole file unreadable. */
export type OrderFileErrorCode =
  | 'EMPTY_FILE' | 'NOT_UTF8' | 'INVALID_JSON' | 'TRUNCATED' | 'FILE_TOO_LARGE' | 'TOO_MANY_ORDERS' | 'VALUE_TOO_LARGE' | 'INVALID_GZIP' | 'CHECK_TOOK_TOO_LONG';

/** What makes the whole file unreadable. The message is for a person: what is wrong, and where. It quotes one character at most. */
export class OrderFileError extends Error {
  readonly code: string;
  /** In the uncompressed file, bytes. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;

  constructor(code: OrderFileErrorCode, what: string, { offset, line }: OrderFilePlace) {
    super(`${what} (byte ${offset}, line ${line})`);
    this.name = 'OrderFileError';
    this.code = code;
    this.offset = offset;
    this.line = line;
  }
}
