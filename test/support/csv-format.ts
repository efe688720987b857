import { CSV_COLUMN_TYPE, type CsvColumnFormat, type CsvFormat } from '../../src/private/contract';

const { ORDER_ID, TEXT, NUMBER, MINOR_UNITS, BOOL, IGNORED } = CSV_COLUMN_TYPE;

/** Columns of every type, for orders and for line items. */
export const CSV_COLUMNS: readonly CsvColumnFormat[] = [
  ['comment', IGNORED, '', true, 0],
  ['city', TEXT, '/shippingAddress/city', true, 0],
  ['currency', TEXT, '/currency', false, 0],
  ['customer', TEXT, '/customerId', false, 0],
  ['gift', BOOL, '/attributes/gift', true, 0],
  ['notes', TEXT, '/notes', true, 0],
  ['number', ORDER_ID, '/orderId', false, 0],
  ['price', MINOR_UNITS, '/items/-/unitPrice', false, 2],
  ['qty', NUMBER, '/items/-/quantity', false, 0],
  ['sku', TEXT, '/items/-/sku', false, 0],
  ['title', TEXT, '/items/-/name', true, 0],
];

/** A format of CSV with these columns. */
export const csvFormat = (changes: Partial<CsvFormat> = {}): CsvFormat => ({ columns: CSV_COLUMNS, decimalSeparator: '.', ...changes });

/** Formats a table, with quotes where they are necessary. */
export const csvText = (rows: readonly (readonly string[])[], delimiter = ',', newline = '\n'): string =>
  rows.map((row) => `${row.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}${newline}`).join('');
