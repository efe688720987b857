import { sampleOrder } from '../test/support/sample-order';

/** What can become of a request: refused at the door, or accepted and then one of the others. */
export type Outcome = 'refused' | 'confirmed' | 'repeated' | 'rejected' | 'dead-lettered';

/** One request of the demo, and what should become of it. */
export interface Request {
  readonly what: string;
  /** The order, or the text to send instead of one. */
  readonly order: Record<string, unknown> | string;
  readonly idempotencyKey?: string;
  readonly expected: Outcome;
}

const CATALOGUE = [
  { sku: 'coffee-1kg', unitPrice: 1890, name: 'Coffee, 1 kg' },
  { sku: 'filter-100', unitPrice: 349, name: 'Paper filters, 100' },
  { sku: 'kettle', unitPrice: 5990, name: 'Kettle' },
  { sku: 'grinder', unitPrice: 12900, name: 'Grinder' },
];

/** A valid order that differs from its neighbours. */
export const order = (number: number, changes: Record<string, unknown> = {}): Record<string, unknown> => sampleOrder({
  orderId: `order-${number}`,
  customerId: `customer-${number % 5}`,
  currency: ['EUR', 'USD', 'JPY'][number % 3],
  items: CATALOGUE.slice(0, 1 + number % CATALOGUE.length).map((item, index) => ({ ...item, quantity: 1 + (number + index) % 4 })),
  ...changes,
});

const keyed = (number: number): Record<string, unknown> => order(number, { orderId: undefined });

/** First come the orders. */
const ORDERS: readonly Request[] = [
  ...Array.from({ length: 12 }, (_, index): Request => ({ what: 'valid', order: order(1001 + index), expected: 'confirmed' })),
  { what: 'valid, with an Idempotency-Key', order: keyed(1101), idempotencyKey: 'checkout-1', expected: 'confirmed' },
  { what: 'valid, with an Idempotency-Key', order: keyed(1102), idempotencyKey: 'checkout-2', expected: 'confirmed' },
  { what: 'total does not add up', order: order(2001, { total: 1 }), expected: 'rejected' },
  { what: 'total does not add up', order: order(2002, { total: 99 }), expected: 'rejected' },
  { what: 'a rule of the shop itself', order: order(2003, { items: [{ sku: 'discontinued', quantity: 1, unitPrice: 1 }] }), expected: 'rejected' },
  { what: 'no customer, unknown currency', order: order(3001, { customerId: undefined, currency: 'XYZ' }), expected: 'refused' },
  { what: 'a field nobody knows', order: order(3002, { colour: 'blue' }), expected: 'refused' },
  { what: 'not JSON', order: '{ "orderId": "order-3003", ', expected: 'refused' },
];

/** When they have settled, the second thoughts. */
const SECOND_THOUGHTS: readonly Request[] = [
  { what: 'the same order again', order: order(1001), expected: 'repeated' },
  { what: 'the same order again', order: order(1002), expected: 'repeated' },
  { what: 'the same key again', order: keyed(1101), idempotencyKey: 'checkout-1', expected: 'repeated' },
  { what: 'the same key, another body', order: keyed(1103), idempotencyKey: 'checkout-2', expected: 'rejected' },
  { what: 'the same id, another body', order: order(1003, { notes: 'on second thought' }), expected: 'rejected' },
  { what: 'a rejected order, mended', order: order(2001), expected: 'confirmed' },
];

/** The requests in waves; a wave is sent when the one before has settled. */
export const WAVES: readonly (readonly Request[])[] = [ORDERS, SECOND_THOUGHTS];
