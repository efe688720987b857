import { sampleOrder } from '../../test/support/sample-order';

/** The outcome of an order request. */
export type OrderOutcome =
  /** The API responded with a 4xx status; the order was not accepted. */
  | 'invalid'
  /** The API responded with a 5xx status to every attempt. */
  | 'failed'
  | 'confirmed'
  /** Accepted, and equal to the stored order: nothing changed. */
  | 'repeated'
  | 'rejected'
  | 'dead-lettered';

/** An order request of the demo and its expected outcome. */
export interface OrderRequest {
  readonly description: string;
  /** The order, or a request body that is not an order. */
  readonly order: Record<string, unknown> | string;
  readonly idempotencyKey?: string;
  readonly expected: OrderOutcome;
}

const CATALOG = [
  { sku: 'coffee-1kg', unitPrice: 1890, name: 'Coffee, 1 kg' },
  { sku: 'filter-100', unitPrice: 349, name: 'Paper filters, 100' },
  { sku: 'kettle', unitPrice: 5990, name: 'Kettle' },
  { sku: 'grinder', unitPrice: 12900, name: 'Grinder' },
];

/** A valid order; ID, customer, currency and items depend on the number. */
export const order = (number: number, changes: Record<string, unknown> = {}): Record<string, unknown> => sampleOrder({
  orderId: `order-${number}`,
  customerId: `customer-${number % 5}`,
  currency: ['EUR', 'USD', 'JPY'][number % 3],
  items: CATALOG.slice(0, 1 + number % CATALOG.length).map((item, index) => ({ ...item, quantity: 1 + (number + index) % 4 })),
  ...changes,
});

const orderWithoutId = (number: number): Record<string, unknown> => order(number, { orderId: undefined });

const NEW_ORDERS: readonly OrderRequest[] = [
  ...Array.from({ length: 12 }, (_, index): OrderRequest => ({ description: 'valid', order: order(1001 + index), expected: 'confirmed' })),
  { description: 'valid, with an Idempotency-Key', order: orderWithoutId(1101), idempotencyKey: 'checkout-1', expected: 'confirmed' },
  { description: 'valid, with an Idempotency-Key', order: orderWithoutId(1102), idempotencyKey: 'checkout-2', expected: 'confirmed' },
  { description: 'wrong total', order: order(2001, { total: 1 }), expected: 'rejected' },
  { description: 'wrong total', order: order(2002, { total: 99 }), expected: 'rejected' },
  {
    description: 'rejected by the validation hook',
    order: order(2003, { items: [{ sku: 'discontinued', quantity: 1, unitPrice: 1 }] }),
    expected: 'rejected',
  },
  { description: 'no customer, unknown currency', order: order(3001, { customerId: undefined, currency: 'XYZ' }), expected: 'invalid' },
  { description: 'unknown field', order: order(3002, { color: 'blue' }), expected: 'invalid' },
  { description: 'not JSON', order: '{ "orderId": "order-3003", ', expected: 'invalid' },
];

const REPEATED_ORDERS: readonly OrderRequest[] = [
  { description: 'same order again', order: order(1001), expected: 'repeated' },
  { description: 'same order again', order: order(1002), expected: 'repeated' },
  { description: 'same key, same body', order: orderWithoutId(1101), idempotencyKey: 'checkout-1', expected: 'repeated' },
  { description: 'same key, different body', order: orderWithoutId(1103), idempotencyKey: 'checkout-2', expected: 'rejected' },
  { description: 'same ID, different body', order: order(1003, { notes: 'on second thought' }), expected: 'rejected' },
  { description: 'rejected order, fixed', order: order(2001), expected: 'confirmed' },
];

/** The requests in rounds. A round starts when the outcomes of the previous round are known. */
export const ORDER_ROUNDS: readonly (readonly OrderRequest[])[] = [NEW_ORDERS, REPEATED_ORDERS];
