import type { FieldError } from '../json/field-error';

/** One order as it stands in the file. */
export interface RawOrder {
  /** From 0. */
  readonly index: number;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Of its first byte, in the uncompressed file. */
  readonly offset: number;
  /** Its JSON, valid while the part is used; empty when there is an error. */
  readonly bytes: Buffer;
  /** Why it was not even read: `ORDER_TOO_LARGE`. */
  readonly error?: FieldError;
}
