import { CsvColumn } from '../csv-column';
import type { CsvOptions } from '../csv-options';
import type { CsvColumnFormat, CsvFormat } from './contract';

/** Returns how handlers read CSV. Columns are sorted, because not all languages keep the sequence of a map. */
export const toCsvFormat = ({ columns, delimiter, decimalSeparator }: CsvOptions): CsvFormat => ({
  columns: columnsOf(columns),
  ...(delimiter === undefined ? {} : { delimiter }),
  decimalSeparator: decimalSeparator ?? '.',
});

export const columnsOf = (columns: CsvOptions['columns'] = CsvColumn.standard()): CsvColumnFormat[] =>
  Object.entries(columns).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, column]) => column._format(name));
