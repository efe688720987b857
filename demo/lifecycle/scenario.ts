import { order } from '../orders/scenario';

/** The outcome of a request about an order. */
export type LifecycleOutcome =
  /** The API responded with a 4xx status; the request was not accepted. */
  | 'invalid'
  /** The API responded with a 5xx status. */
  | 'failed'
  | 'confirmed'
  | 'changed'
  | 'cancelled'
  | 'fulfilled'
  /** The order already was in the requested state. */
  | 'unchanged'
  | 'refused'
  /** The order does not exist yet; the request applies when it does. */
  | 'pending'
  | 'dead-lettered';

/** A request to change, cancel, fulfill or place an order, and its expected outcome. */
export interface LifecycleRequest {
  readonly description: string;
  readonly orderId: string;
  readonly expected: LifecycleOutcome;
  /** The expected code of a refusal. */
  readonly code?: string;
  readonly ifMatch?: string;
  /** Exactly one of the following is set. */
  readonly patch?: Record<string, unknown>;
  readonly cancellation?: Record<string, unknown>;
  readonly order?: Record<string, unknown>;
  readonly fulfillment?: true;
}

const FIRST: readonly LifecycleRequest[] = [
  { description: 'change notes and attributes', orderId: 'order-1001', patch: { notes: 'leave it with the neighbour', attributes: { gift: true } }, expected: 'changed' },
  {
    description: 'change items of version 1',
    orderId: 'order-1002',
    ifMatch: '"1"',
    patch: { items: [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }] },
    expected: 'changed',
  },
  { description: 'cancel before the order exists', orderId: 'order-4001', cancellation: { reason: 'ordered twice' }, expected: 'pending' },
  { description: 'change a read-only field', orderId: 'order-1004', patch: { customerId: 'me', items: [] }, expected: 'invalid' },
  { description: 'fulfill, event of the warehouse', orderId: 'order-1003', fulfillment: true, expected: 'fulfilled' },
];

const SECOND: readonly LifecycleRequest[] = [
  { description: 'cancel', orderId: 'order-1001', cancellation: { reason: 'changed my mind' }, expected: 'cancelled' },
  { description: 'change an outdated version', orderId: 'order-1002', ifMatch: '"1"', patch: { notes: 'too late' }, expected: 'refused', code: 'VERSION_MISMATCH' },
  { description: 'change a fulfilled order', orderId: 'order-1003', patch: { notes: 'too late' }, expected: 'refused', code: 'ORDER_FULFILLED' },
  { description: 'place the order of the pending cancellation', orderId: 'order-4001', order: order(4001), expected: 'confirmed' },
];

const THIRD: readonly LifecycleRequest[] = [
  { description: 'cancel again', orderId: 'order-1001', cancellation: { reason: 'really' }, expected: 'unchanged' },
  { description: 'change a cancelled order', orderId: 'order-1001', patch: { notes: 'on third thought' }, expected: 'refused', code: 'ORDER_CANCELLED' },
  { description: 'change without a difference', orderId: 'order-1002', patch: { items: [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }] }, expected: 'unchanged' },
];

/** The requests in rounds. A round starts when the outcomes of the previous round are known. */
export const LIFECYCLE_ROUNDS: readonly (readonly LifecycleRequest[])[] = [FIRST, SECOND, THIRD];

/** The final outcome of the pending cancellation: a later round places its order. */
export const OUTCOME_AFTER_PENDING: LifecycleOutcome = 'cancelled';

/** The order whose history the demo prints. */
export const ORDER_WITH_HISTORY = 'order-1001';
