/** The encoding of the stored file. */
export type OrderFileEncoding = 'identity' | 'gzip';

/** The format of the file: `[…]`, `{ "orders": […] }`, one order that spans lines, one order per line, or one line item per row of a table. */
export type OrderFileFormat = 'array' | 'object' | 'order' | 'ndjson' | 'csv';

/** The header of a CSV file. */
export interface CsvHeader {
  readonly delimiter: string;
  /** The names of the columns. */
  readonly names: readonly string[];
}

/** The position just after a complete order, from which reading can resume. It is stored as JSON in the checkpoint. */
export interface OrderFilePosition {
  readonly encoding: OrderFileEncoding;
  readonly format: OrderFileFormat;
  /** Bytes in the uncompressed file, including a byte order mark. */
  readonly offset: number;
  /** The index of the next order, from 0. */
  readonly index: number;
  /** From 1. */
  readonly line: number;
  /** The header, for CSV, because reading does not return to it. */
  readonly header?: CsvHeader;
}

/** A location in the uncompressed file. */
export type OrderFileLocation = Pick<OrderFilePosition, 'offset' | 'line'>;
