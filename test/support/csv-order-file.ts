import { csvText } from './csv-format';
import type { ExpectedOrder } from './mixed-order-file';
import type { Random } from './random';

/** A CSV file with valid, repeated and invalid orders of one to four rows, and the expected result of each. */
export class CsvOrderFile {
  readonly expected: ExpectedOrder[] = [];
  /** The orders to be sent, by order ID. */
  readonly valid = new Map<string, Record<string, unknown>>();
  private readonly rows: string[][] = [['orderId', 'customerId', 'currency', 'notes', 'sku', 'quantity', 'unitPrice']];
  private readonly earlier = new Map<string, string[][]>();
  private line = 2;

  constructor(private readonly random: Random, orders: number) {
    while (this.expected.length < orders) this.add(this.expected.length);
  }

  get text(): string {
    return csvText(this.rows, ';', '\r\n');
  }

  count(outcome: ExpectedOrder['outcome']): number {
    return this.expected.filter((expected) => expected.outcome === outcome).length;
  }

  private add(index: number): void {
    const { random } = this;
    const kind = index === 0 ? 19 : random.below(20);
    const orderId = `o-${index}`;
    // The order before must have another ID, because consecutive rows with one ID are one order.
    const last = this.rows.at(-1)![0];
    const known = [...this.earlier.keys()].filter((id) => id !== last);
    const again = known.length > 0 ? random.pick(known) : undefined;
    if (kind === 0 && again) this.push(this.earlier.get(again)!, { outcome: 'REPEATED', orderId: again });
    else if (kind === 1 && again) this.push(this.rowsOf(again, 'other'), { outcome: 'INVALID', orderId: again, code: 'DUPLICATE_ORDER_ID' });
    else if (kind === 2) this.push(this.rowsOf(orderId, '', 'two'), { outcome: 'INVALID', orderId, code: 'INVALID_TYPE' });
    else if (kind === 3) this.push(this.rowsOf(orderId, '', '0'), { outcome: 'INVALID', orderId, code: 'TOO_SMALL' });
    else this.addValid(orderId);
  }

  private addValid(orderId: string): void {
    const rows = this.rowsOf(orderId, this.random.pick(['', 'two\r\nlines; "quoted"']));
    const items = rows.map(([, , , , sku, quantity, unitPrice]) => ({ sku, quantity: Number(quantity), unitPrice: Number(unitPrice) }));
    const [[, customerId, currency, notes]] = rows;
    this.earlier.set(orderId, rows);
    this.valid.set(orderId, { orderId, customerId, currency, ...(notes === '' ? {} : { notes }), items });
    this.push(rows, { outcome: 'VALID', orderId });
  }

  private rowsOf(orderId: string, notes: string, quantity = '1'): string[][] {
    return Array.from({ length: 1 + this.random.below(4) }, (_, row) => [orderId, 'c', 'EUR', row === 0 ? notes : '', `s-${row}`, quantity, String(this.random.below(90))]);
  }

  private push(rows: string[][], expected: ExpectedOrder): void {
    this.expected.push({ ...expected, line: this.line });
    this.rows.push(...rows);
    this.line += rows.length + rows.flat().filter((cell) => cell.includes('\n')).length;
  }
}
