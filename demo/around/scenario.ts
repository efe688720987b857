import { order } from '../orders/scenario';

/** How an order of the chapter ends. */
export type AroundOutcome = 'fulfilled' | 'cancelled';

/** What the warehouse answers when the workflow asks it to ship an order. */
export type WarehouseAnswer = { readonly outcome: 'SUCCEEDED'; readonly result: object } | { readonly outcome: 'FAILED'; readonly code: string };

/** An order whose workflow runs, and what is expected of each step. */
export interface AroundRequest {
  readonly description: string;
  readonly order: Record<string, unknown> & { readonly orderId: string };
  readonly expected: AroundOutcome;
  /** The steps in their sequence; none is after a failed one. */
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** The last step first. */
  readonly compensated: readonly string[];
}

/** The workflow of the example starts for orders of this channel. */
const SALES_CHANNEL = 'subscription';
/** The customer whose events the webhook receives. */
export const CUSTOMER = 'customer-around';
/** A tag of orders that the warehouse cannot ship. */
const OUT_OF_STOCK = 'out-of-stock';

const request = (first: number, count: number, tags: readonly string[], rest: Omit<AroundRequest, 'order'>): AroundRequest[] =>
  Array.from({ length: count }, (_, index) => {
    const orderId = `order-${first + index}`;
    return { ...rest, order: { ...order(first + index, { salesChannel: SALES_CHANNEL, customerId: CUSTOMER, tags }), orderId } };
  });

/** The orders of the chapter. */
export const AROUND_ORDERS: readonly AroundRequest[] = [
  ...request(6001, 6, [], {
    description: 'every step succeeds', expected: 'fulfilled', succeeded: ['ReserveStock', 'AuthorizePayment', 'ShipOrder'], failed: [], compensated: [],
  }),
  ...request(6101, 2, ['AuthorizePayment:DECLINE'], {
    description: 'the payment is declined', expected: 'cancelled', succeeded: ['ReserveStock'], failed: ['AuthorizePayment'], compensated: ['ReserveStock'],
  }),
  ...request(6201, 2, ['AuthorizePayment:FAIL'], {
    description: 'the payment service fails at every attempt',
    expected: 'cancelled',
    succeeded: ['ReserveStock'],
    failed: ['AuthorizePayment'],
    compensated: ['AuthorizePayment', 'ReserveStock'],
  }),
  ...request(6301, 2, [OUT_OF_STOCK], {
    description: 'the warehouse answers that it cannot ship',
    expected: 'cancelled',
    succeeded: ['ReserveStock', 'AuthorizePayment'],
    failed: ['ShipOrder'],
    compensated: ['AuthorizePayment', 'ReserveStock'],
  }),
];

/** The answer of the warehouse about an order. */
export const answerAbout = (tags: readonly string[] = []): WarehouseAnswer =>
  (tags.includes(OUT_OF_STOCK) ? { outcome: 'FAILED', code: 'OUT_OF_STOCK' } : { outcome: 'SUCCEEDED', result: { carrier: 'by bike' } });

/** The events that the webhook receives. */
export const WEBHOOK_EVENTS: readonly string[] = [
  'OrderConfirmed', 'OrderTaskRequested', 'OrderWorkflowStepSucceeded', 'OrderWorkflowStepFailed', 'OrderWorkflowStepCompensated', 'OrderWorkflowSucceeded',
  'OrderWorkflowFailed', 'OrderCancelled',
];

/** The number of those events that an order has: its steps, its confirmation, and the end of its workflow. */
export function expectedWebhooks({ succeeded, failed, compensated, expected }: AroundRequest): number {
  const tasks = [...succeeded, ...failed].filter((step) => step === 'ShipOrder').length;
  const cancellation = expected === 'cancelled' ? 1 : 0;
  return 1 + succeeded.length + failed.length + compensated.length + tasks + 1 + cancellation;
}
