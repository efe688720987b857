import { CsvLayout } from './csv-layout';
import { CsvOrder } from './csv-order';
import { readHeader } from './read-header';
import { RowSplitter, type CsvRow } from './row-splitter';
import { splitCells } from './split-cells';
import type { CsvFormat } from '../../../../src/private/contract';
import { OrderCollector } from '../order-collector';
import { OrderFileError } from '../order-file-error';
import type { OrderFileLimits } from '../order-file-limits';
import type { CsvHeader, OrderFileLocation, OrderFilePosition } from '../order-file-position';
import { findInvalidByte } from '../utf8';

/** The minimum for the maximum size of a row, because a header can be larger than a small order. */
const MIN_ROW_SIZE = 16 * 1024;

/** Splits a CSV file into its orders: consecutive rows with the same order ID. */
export class CsvSplitter {
  readonly orders: OrderCollector;
  private readonly rows: RowSplitter;
  private layout?: CsvLayout;
  private order?: CsvOrder;

  constructor(private readonly format: CsvFormat, private readonly limits: OrderFileLimits, at: OrderFileLocation, resumeAt?: OrderFilePosition) {
    this.orders = new OrderCollector(limits, resumeAt?.index ?? 0);
    this.rows = new RowSplitter(at, Math.max(limits.maxOrderSize, MIN_ROW_SIZE));
    if (resumeAt) this.layout = new CsvLayout(format, resumeAt.header!);
  }

  get failure(): OrderFileError | undefined {
    return this.rows.failure;
  }

  /** The line after the last row. */
  get line(): number {
    return this.rows.end.line;
  }

  get header(): CsvHeader {
    return this.layout!.header;
  }

  push(chunk: Buffer): void {
    this.rows.push(chunk, this.take);
  }

  end(): void {
    this.rows.finishFile(this.take);
    if (!this.failure) this.finishOrder(this.rows.end);
  }

  private readonly take = (row: CsvRow): OrderFileError | undefined => {
    const text = row.bytes.toString();
    return this.layout ? this.takeRow(text, row, this.layout) : this.takeHeader(text, row);
  };

  private takeHeader(text: string, row: CsvRow): OrderFileError | undefined {
    const invalid = findInvalidByte(row.bytes, row);
    if (invalid) return new OrderFileError('NOT_UTF8', `the header is not UTF-8: byte ${invalid.hex}${invalid.hint}`, invalid);
    if (text.includes('\r')) return new OrderFileError('INVALID_CSV', 'lines must end with a line feed, with or without a carriage return before it', row);
    const header = readHeader(text, this.format, row);
    if (header instanceof OrderFileError) return header;
    this.layout = new CsvLayout(this.format, header);
    return undefined;
  }

  private takeRow(text: string, row: CsvRow, layout: CsvLayout): OrderFileError | undefined {
    const cells = splitCells(text, layout.header.delimiter);
    if (typeof cells === 'number') return misplacedQuote(text.slice(0, cells), row);
    if (cells.every((cell) => cell === '')) return undefined;
    if (cells.length !== layout.columns.length) {
      return new OrderFileError('INVALID_CSV', `the row has ${cells.length} cells and the header ${layout.columns.length}; a cell with a delimiter needs quotes`, row);
    }
    const orderId = cells[layout.orderIdCell];
    const isNew = !layout.hasItems || orderId === '' || orderId !== this.order?.orderId;
    const failure = isNew ? this.beginOrder(orderId, row, layout) : undefined;
    if (!failure) this.order!.add(cells, row);
    return failure;
  }

  private beginOrder(orderId: string, row: CsvRow, layout: CsvLayout): OrderFileError | undefined {
    this.finishOrder(row);
    this.order = new CsvOrder({ offset: row.offset, line: row.line }, orderId, layout, this.limits.maxOrderSize);
    return this.orders.checkCount(row);
  }

  /** Reading can resume at `end`, where the next order starts. */
  private finishOrder(end: OrderFileLocation): void {
    if (!this.order) return;
    const { start, errors, orderId } = this.order;
    const after = { offset: end.offset, line: end.line };
    if (errors.length > 0) this.orders.addInvalid(start, errors, orderId, after);
    else this.orders.add(start, this.order.toJson(), after);
    this.order = undefined;
  }
}

function misplacedQuote(before: string, { offset, line }: CsvRow): OrderFileError {
  const location = { offset: offset + Buffer.byteLength(before), line: line + before.split('\n').length - 1 };
  return new OrderFileError('INVALID_CSV', 'a quote is within a cell; a cell with a quote needs quotes around it, and two for each of its own', location);
}
