import { convertCell } from './convert-cell';
import type { CsvLayout } from './csv-layout';
import type { CsvRow } from './row-splitter';
import type { FieldError } from '../../json/field-error';
import type { OrderFileLocation } from '../order-file-position';
import { findInvalidByte } from '../utf8';

/** The maximum number of errors of one order. */
const MAX_ERRORS = 100;

/** One order of a CSV file, made of consecutive rows. */
export class CsvOrder {
  readonly errors: FieldError[] = [];
  private isTooLarge = false;
  private size = 0;
  private items: string[] = [];
  private itemCount = 0;
  /** The cells of fields of the order, as text and as JSON. */
  private readonly texts: string[];
  private readonly values: (string | undefined)[];

  constructor(readonly start: OrderFileLocation, readonly orderId: string, private readonly layout: CsvLayout, private readonly maxSize: number) {
    this.texts = layout.columns.map(() => '');
    this.values = layout.columns.map(() => undefined);
  }

  /** Adds a row: a line item, and fields of the order that no earlier row has. */
  add(cells: readonly string[], row: CsvRow): void {
    this.checkEncoding(row);
    const item: (string | undefined)[] = [];
    let hasItem = false;
    this.layout.columns.forEach((column, cell) => {
      const text = cells[cell];
      if (text === '') return;
      if (column.of === 'item') {
        hasItem = true;
        item[cell] = this.convert(text, cell, row);
      } else if (column.of) {
        this.addOrderCell(text, cell, row);
      }
    });
    if (hasItem) this.addItem(this.layout.template.itemOf(item));
  }

  /** Returns the JSON of the order, or undefined when it is too large. */
  toJson(): Buffer | undefined {
    if (this.isTooLarge) return undefined;
    const bytes = Buffer.from(this.layout.template.orderOf(this.values, this.items));
    return bytes.length > this.maxSize ? undefined : bytes;
  }

  /** An order that is too large must not fill the memory. */
  private addItem(item: string): void {
    this.itemCount++;
    this.size += Buffer.byteLength(item);
    if (this.size > this.maxSize) this.isTooLarge = true;
    if (this.isTooLarge) this.items = [];
    else this.items.push(item);
  }

  private addOrderCell(text: string, cell: number, row: CsvRow): void {
    if (text === this.texts[cell]) return;
    if (this.texts[cell] !== '') {
      this.report(cell, row, 'CONFLICTING_ROWS', 'must be the same in all rows of an order');
      return;
    }
    this.texts[cell] = text;
    this.values[cell] = this.convert(text, cell, row);
  }

  private convert(text: string, cell: number, row: CsvRow): string | undefined {
    const converted = convertCell(text, this.layout.columns[cell], this.layout.decimalSeparator);
    if ('json' in converted) return converted.json;
    this.report(cell, row, 'INVALID_TYPE', `must be ${converted.mustBe}`);
    return undefined;
  }

  private checkEncoding(row: CsvRow): void {
    const invalid = findInvalidByte(row.bytes, row);
    if (!invalid) return;
    const { offset, line, hex, hint } = invalid;
    this.push({ path: '', code: 'INVALID_ENCODING', message: `the row is not UTF-8: byte ${offset} of the file (line ${line}) is ${hex}${hint}` });
  }

  private report(cell: number, { line }: CsvRow, code: string, message: string): void {
    const { name, pointer } = this.layout.columns[cell];
    this.push({ path: pointer.replace('/-/', `/${this.itemCount}/`), code, message: `column ${name} of the row in line ${line} ${message}` });
  }

  private push(error: FieldError): void {
    if (this.errors.length < MAX_ERRORS) this.errors.push(error);
  }
}
