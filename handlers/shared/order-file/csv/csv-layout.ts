import { OrderTemplate } from './order-template';
import { CSV_COLUMN_TYPE, type CsvColumnFormat, type CsvColumnType, type CsvFormat } from '../../../../src/private/contract';
import type { CsvHeader } from '../order-file-position';

/** A column of a file. */
export interface CsvColumn {
  readonly name: string;
  readonly type: CsvColumnType;
  readonly pointer: string;
  readonly decimals: number;
  /** What it is a field of; undefined for a column that is ignored. */
  readonly of?: 'order' | 'item';
}

/** What the cells of a file are, by its header. */
export class CsvLayout {
  /** The column of each cell. */
  readonly columns: readonly CsvColumn[];
  readonly orderIdCell: number;
  /** Whether the rows of an order are its line items. Otherwise each row is an order. */
  readonly hasItems: boolean;
  readonly template: OrderTemplate;
  readonly decimalSeparator: string;

  constructor({ columns, decimalSeparator }: CsvFormat, readonly header: CsvHeader) {
    this.columns = header.names.map((name) => toColumn(columns.find(([known]) => known === name)!));
    this.orderIdCell = this.columns.findIndex(({ type }) => type === CSV_COLUMN_TYPE.ORDER_ID);
    this.hasItems = this.columns.some((column) => column.of === 'item');
    this.template = new OrderTemplate(this.columns.map((column) => (column.of ? column.pointer : undefined)));
    this.decimalSeparator = decimalSeparator;
  }
}

function toColumn([name, type, pointer, , decimals]: CsvColumnFormat): CsvColumn {
  if (type === CSV_COLUMN_TYPE.IGNORED) return { name, type, pointer, decimals };
  return { name, type, pointer, decimals, of: pointer.includes('/-/') ? 'item' : 'order' };
}
