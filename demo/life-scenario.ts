import { order } from './scenario';

/** What can become of something that is asked of an order. */
export type LifeOutcome = 'turned away' | 'confirmed' | 'changed' | 'cancelled' | 'fulfilled' | 'repeated' | 'refused' | 'waits' | 'dead-lettered';

/** What is asked of an order, and what should become of it. */
export interface Ask {
  readonly what: string;
  readonly orderId: string;
  readonly expected: LifeOutcome;
  /** The code of the refusal that is expected. */
  readonly code?: string;
  readonly ifMatch?: string;
  /** One of these: */
  readonly patch?: Record<string, unknown>;
  readonly cancellation?: Record<string, unknown>;
  readonly placement?: Record<string, unknown>;
  readonly fulfillment?: true;
}

const FIRST: readonly Ask[] = [
  { what: 'change it', orderId: 'order-1001', patch: { notes: 'leave it with the neighbour', attributes: { gift: true } }, expected: 'changed' },
  {
    what: 'change its items, if it is as it was seen',
    orderId: 'order-1002',
    ifMatch: '"1"',
    patch: { items: [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }] },
    expected: 'changed',
  },
  { what: 'cancel it before it exists', orderId: 'order-4001', cancellation: { reason: 'ordered twice' }, expected: 'waits' },
  { what: 'change what cannot be changed', orderId: 'order-1004', patch: { customerId: 'me', items: [] }, expected: 'turned away' },
  { what: 'the warehouse says: fulfilled', orderId: 'order-1003', fulfillment: true, expected: 'fulfilled' },
];

const SECOND: readonly Ask[] = [
  { what: 'cancel it', orderId: 'order-1001', cancellation: { reason: 'changed my mind' }, expected: 'cancelled' },
  { what: 'change a version that is gone', orderId: 'order-1002', ifMatch: '"1"', patch: { notes: 'too late' }, expected: 'refused', code: 'VERSION_MISMATCH' },
  { what: 'change a fulfilled order', orderId: 'order-1003', patch: { notes: 'too late' }, expected: 'refused', code: 'ORDER_FULFILLED' },
  { what: 'place the order that is cancelled already', orderId: 'order-4001', placement: order(4001), expected: 'confirmed' },
];

const THIRD: readonly Ask[] = [
  { what: 'cancel it again', orderId: 'order-1001', cancellation: { reason: 'did you hear me?' }, expected: 'repeated' },
  { what: 'change a cancelled order', orderId: 'order-1001', patch: { notes: 'on third thought' }, expected: 'refused', code: 'ORDER_CANCELLED' },
  { what: 'change it to what it is', orderId: 'order-1002', patch: { items: [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }] }, expected: 'repeated' },
];

/** What is asked, in waves; a wave is sent when the one before has settled. */
export const LIFE_WAVES: readonly (readonly Ask[])[] = [FIRST, SECOND, THIRD];

/** What an ask that waited comes to in the end: the order came, and was cancelled at once. */
export const AFTER_WAITING: LifeOutcome = 'cancelled';

/** The order whose history is shown. */
export const SHOWN_ORDER = 'order-1001';
