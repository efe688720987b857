import { Random } from './random';

/** The expected result of one order of a file. */
export interface ExpectedOrder {
  readonly outcome: 'VALID' | 'REPEATED' | 'INVALID';
  /** Absent when it is unknown. */
  readonly orderId?: string;
  /** Its first line; that of its index in a file with one order per line. */
  readonly line?: number;
  /** The first error's. */
  readonly code?: string;
}

type Json = Record<string, unknown>;

/** An order file with valid, repeated and invalid orders, and the expected result of each. */
export class MixedOrderFile {
  readonly expected: ExpectedOrder[] = [];
  /** The orders to be sent, by order ID. */
  readonly valid = new Map<string, Json>();
  private readonly texts: string[] = [];
  private readonly ids: string[] = [];

  constructor(private readonly random: Random, orders: number) {
    while (this.texts.length < orders) this.add();
  }

  /** One order per line. */
  get text(): string {
    return `${this.texts.join('\n')}\n`;
  }

  count(outcome: ExpectedOrder['outcome']): number {
    return this.expected.filter((expected) => expected.outcome === outcome).length;
  }

  private add(): void {
    // The first order is valid, because a truncated first line can be the start of a document.
    const kind = this.ids.length > 0 ? this.random.below(20) : 19;
    const earlier = kind <= 1 ? this.random.pick(this.ids) : undefined;
    if (earlier && kind === 0) this.push(this.reversed(this.valid.get(earlier)!), { outcome: 'REPEATED', orderId: earlier });
    else if (earlier) this.push(this.clashing(earlier), { outcome: 'INVALID', orderId: earlier, code: 'DUPLICATE_ORDER_ID' });
    else if (kind === 2) this.push('{"orderId":', { outcome: 'INVALID', code: 'INVALID_JSON' });
    else if (kind === 3) this.push({ ...this.order(), total: 7 }, { outcome: 'INVALID', orderId: this.nextId, code: 'TOTAL_MISMATCH' });
    else if (kind === 4) this.push({ ...this.order(), customerId: '' }, { outcome: 'INVALID', orderId: this.nextId, code: 'INVALID_FORMAT' });
    else this.addValid();
  }

  private addValid(): void {
    const orderId = this.nextId;
    const order = this.order();
    this.ids.push(orderId);
    this.valid.set(orderId, order);
    this.push(order, { outcome: 'VALID', orderId });
  }

  private get nextId(): string {
    return `o-${this.texts.length}`;
  }

  private order(): Json {
    return { orderId: this.nextId, customerId: 'c', currency: 'EUR', items: [{ sku: 's', quantity: 1, unitPrice: 10 + this.random.below(90) }] };
  }

  /** The same order with its keys reversed and an explicit total. */
  private reversed(order: Json): Json {
    const [{ unitPrice }] = order.items as { unitPrice: number }[];
    return { total: unitPrice, ...Object.fromEntries(Object.entries(order).reverse()) };
  }

  private clashing(orderId: string): Json {
    return { ...this.valid.get(orderId), notes: `other than the order ${this.texts.length}` };
  }

  private push(order: Json | string, expected: ExpectedOrder): void {
    this.texts.push(typeof order === 'string' ? order : JSON.stringify(order));
    this.expected.push(expected);
  }
}
