import type { Observer } from './work';

/** When orders were accepted, stored as confirmed, published as confirmed and recorded in the history, in milliseconds. */
export class OrderTimes implements Observer {
  accepted = 0;
  readonly acceptedAt: Float64Array;
  readonly storedAt: Float64Array;
  readonly publishedAt: Float64Array;
  readonly recordedAt: Float64Array;

  constructor(orders: number, private readonly now: () => number, private readonly tables: { readonly orders: string; readonly history: string }) {
    [this.acceptedAt, this.storedAt, this.publishedAt, this.recordedAt] = Array.from({ length: 4 }, () => new Float64Array(orders).fill(NaN));
  }

  accept(order: number): void {
    this.acceptedAt[order] = this.now();
    this.accepted++;
  }

  readonly written = (order: number, table: string): void => {
    if (table === this.tables.orders) this.storedAt[order] = this.now();
    if (table === this.tables.history) this.recordedAt[order] = this.now();
  };

  readonly published = (order: number, type: string): void => {
    if (type === 'OrderConfirmed') this.publishedAt[order] = this.now();
  };
}
