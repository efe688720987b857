import type { CsvColumn } from './csv-column';

/**
 * How CSV files are read: a header, and one row per line item.
 */
export interface CsvOptions {
  /**
   * The columns by their names in the header, case-sensitive. One of them is `CsvColumn.orderId()`. A file with other columns, or without one
   * that is not optional, is rejected.
   *
   * @default - `CsvColumn.standard()`
   */
  readonly columns?: { [name: string]: CsvColumn };

  /**
   * The delimiter of cells: a comma, a semicolon, a tab or `|`.
   *
   * @default - a comma, a semicolon or a tab, whichever separates the name of the order ID in the header of a file
   */
  readonly delimiter?: string;

  /**
   * The decimal separator of numbers: `.` or `,`. Other separators in a number are an error of the order.
   *
   * @default '.'
   */
  readonly decimalSeparator?: string;
}
