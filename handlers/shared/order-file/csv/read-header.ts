import { splitCells } from './split-cells';
import { CSV_COLUMN_TYPE, CSV_DELIMITERS, type CsvFormat } from '../../../../src/private/contract';
import { OrderFileError } from '../order-file-error';
import type { CsvHeader, OrderFileLocation } from '../order-file-position';

/** The maximum length of a name, and number of names, in an error. */
const SHOWN = { length: 64, names: 20 };

const DELIMITER_NAMES: Record<string, string> = { '\t': 'tab' };

/** Reads the header of a CSV file: its first row. Returns an error that states what is wrong with its columns. */
export function readHeader(row: string, { columns, delimiter }: CsvFormat, at: OrderFileLocation): CsvHeader | OrderFileError {
  const fail = (description: string) => new OrderFileError('INVALID_HEADER', description, at);
  const orderId = columns.find(([, type]) => type === CSV_COLUMN_TYPE.ORDER_ID)![0];
  const delimiters = delimiter === undefined ? CSV_DELIMITERS : [delimiter];
  const header = delimiters.map((each) => ({ delimiter: each, names: namesIn(row, each) })).find(({ names }) => names.includes(orderId));
  if (!header) {
    const tried = delimiters.map((each) => DELIMITER_NAMES[each] ?? each).join(' ');
    return fail(`the file is not JSON, and its first row is not the header of CSV: it has no column ${shown([orderId])}, separated by ${tried}`);
  }
  const { names } = header;
  const known = columns.map(([name]) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) return fail(`the header has columns that are not in \`csv.columns\`: ${shown(unknown)}; known are ${shown(known)}`);
  const repeated = known.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated.length > 0) return fail(`the header has columns twice: ${shown(repeated)}`);
  const missing = columns.filter(([name, , , isOptional]) => !isOptional && !names.includes(name)).map(([name]) => name);
  return missing.length > 0 ? fail(`the header lacks columns: ${shown(missing)}`) : header;
}

function namesIn(row: string, delimiter: string): string[] {
  const cells = splitCells(row, delimiter);
  return typeof cells === 'number' ? [] : cells.map((cell) => cell.trim());
}

/** Formats names for an error. Names of a file are quoted as JSON, so that they cannot add lines. */
function shown(names: readonly string[]): string {
  const list = names.slice(0, SHOWN.names).map((name) => JSON.stringify(name.length > SHOWN.length ? `${name.slice(0, SHOWN.length)}…` : name)).join(', ');
  return names.length > SHOWN.names ? `${list} and ${names.length - SHOWN.names} more` : list;
}
