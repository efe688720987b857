/** How the file is stored. */
export type OrderFileEncoding = 'identity' | 'gzip';

/** What the file is: `[…]`, `{ "orders": […] }`, or one order per line. */
export type OrderFileFormat = 'array' | 'object' | 'ndjson';

/** Where reading can go on: just after a complete order. JSON-serialisable, kept as the checkpoint. */
export interface OrderFilePosition {
  readonly encoding: OrderFileEncoding;
  readonly format: OrderFileFormat;
  /** In the uncompressed file, bytes, a byte order mark included. */
  readonly offset: number;
  /** Of the next order, from 0. */
  readonly index: number;
  /** From 1. */
  readonly line: number;
}

/** A place in the uncompressed file. */
export type OrderFilePlace = Pick<OrderFilePosition, 'offset' | 'line'>;
