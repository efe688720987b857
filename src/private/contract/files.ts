/** The route of the orders of a file, by which its handler distinguishes it from that of the file. */
export const FILE_ORDERS_PATH = '/files/{fileId}/orders';

/** Key prefixes in the bucket: order files and their reports. */
export const INCOMING_PREFIX = 'incoming/';
export const REPORTS_PREFIX = 'reports/';

/** The names of objects that are not order files, unless the app lists others. */
export const DEFAULT_IGNORED_FILE_NAMES: readonly string[] = ['_SUCCESS'];

/** How a file with an invalid order is handled. */
export const INVALID_ORDER_POLICY = {
  /** None of its orders are sent. */
  REJECT_FILE: 'REJECT_FILE',
  /** The valid orders are sent. */
  SKIP_ORDER: 'SKIP_ORDER',
} as const;

/** How an order of a file is handled if its ID belongs to a stored order with other content. */
export const EXISTING_ORDER_POLICY = {
  /** It is rejected, and the stored order stays as it is. */
  REJECT: 'REJECT',
  /** It changes the stored order. */
  CHANGE: 'CHANGE',
} as const;
export type ExistingOrderPolicy = (typeof EXISTING_ORDER_POLICY)[keyof typeof EXISTING_ORDER_POLICY];

/** What became of an order of a file that was sent to the orders queue. */
export const FILE_ORDER_OUTCOME = {
  CONFIRMED: 'CONFIRMED',
  /** It changed the stored order with its ID. */
  CHANGED: 'CHANGED',
  /** The same order was stored already. */
  UNCHANGED: 'UNCHANGED',
  REJECTED: 'REJECTED',
} as const;
export type FileOrderOutcome = (typeof FILE_ORDER_OUTCOME)[keyof typeof FILE_ORDER_OUTCOME];

/** The types of the columns of CSV files. */
export const CSV_COLUMN_TYPE = {
  /** Text that identifies the order; consecutive rows with the same one are one order. */
  ORDER_ID: 'orderId',
  TEXT: 'text',
  NUMBER: 'number',
  /** A decimal amount in units of the currency, such as 18.90, which becomes an integer of minor units. */
  MINOR_UNITS: 'minorUnits',
  BOOL: 'bool',
  IGNORED: 'ignored',
} as const;
export type CsvColumnType = (typeof CSV_COLUMN_TYPE)[keyof typeof CSV_COLUMN_TYPE];

/**
 * A column of CSV files: its name in the header, its type, the JSON Pointer of its field in the order, whether a file may lack it, and the
 * number of decimals of minor units. The step `-` of a pointer stands for a new line item.
 */
export type CsvColumnFormat = readonly [name: string, type: CsvColumnType, pointer: string, isOptional: boolean, decimals: number];

/** How CSV files are read, in `CSV_FORMAT` as JSON. */
export interface CsvFormat {
  readonly columns: readonly CsvColumnFormat[];
  /** Without it, the header determines one of `CSV_DELIMITERS`. */
  readonly delimiter?: string;
  readonly decimalSeparator: string;
}

/** The delimiters that a header can determine. */
export const CSV_DELIMITERS: readonly string[] = [',', ';', '\t'];
