import type { OrderFilePosition } from './order-file-position';
import type { FieldError } from '../json/field-error';

/** One order in the file, not yet parsed. */
export interface RawOrder {
  /** From 0. */
  readonly index: number;
  /** The line on which it starts, from 1. */
  readonly line: number;
  /** The offset of its first byte in the uncompressed file. */
  readonly offset: number;
  /** Its JSON, valid only until the next part is read; empty when there are errors. For CSV, the JSON of its rows. */
  readonly bytes: Buffer;
  /** Why the order was not read: `ORDER_TOO_LARGE`, or the errors in cells of CSV. */
  readonly errors?: readonly FieldError[];
  /** The order ID of an order with errors, if it is known. */
  readonly orderId?: string;
}

/** Consecutive orders of a file, and the position after them, from which reading can resume. */
export interface OrderFilePart {
  readonly orders: RawOrder[];
  readonly next: OrderFilePosition;
}
