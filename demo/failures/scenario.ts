import { order, type OrderOutcome, type OrderRequest } from '../orders/scenario';

/** A request during the injected failures. `expected` is its outcome after the redrive. */
export interface FailureRequest extends OrderRequest {
  /** The outcome before the redrive, when it differs. */
  readonly beforeRedrive?: OrderOutcome;
}

const BURST_ORDERS = 10;
const BURST_REPETITIONS = 6;

/** Concurrent repetitions of the same orders. One request per order is confirmed; which one is not deterministic. */
export const BURST: readonly FailureRequest[] = Array.from({ length: BURST_ORDERS * BURST_REPETITIONS }, (_, index) => ({
  description: `${BURST_ORDERS} orders, each sent ${BURST_REPETITIONS} times concurrently`,
  order: order(5000 + index % BURST_ORDERS),
  expected: index < BURST_ORDERS ? 'confirmed' : 'repeated',
}));

/** A message that bypasses the API. Its correlation ID is put in front of this text. */
export const POISON_MESSAGE: FailureRequest = {
  description: 'poison message in the orders queue: not JSON', order: ', "orderId": ', expected: 'dead-lettered',
};

/** An event that bypasses the validation. */
export const POISON_EVENT: FailureRequest = {
  description: 'poison message from the bus: event without an order', order: {}, expected: 'dead-lettered',
};

/** Valid orders in the same queues as the poison messages, which must not affect them. */
export const ORDERS_BESIDE_POISON: readonly FailureRequest[] = [5101, 5102, 5103].map((number) => ({
  description: 'orders beside the poison messages', order: order(number), expected: 'confirmed',
}));

/** The outage lasts longer than they are retried, `processOrder.retryDuration`. */
export const ORDERS_DURING_OUTAGE: readonly FailureRequest[] = [5201, 5202, 5203, 5204, 5205, 5206].map((number) => ({
  description: 'orders during the outage', order: order(number), beforeRedrive: 'dead-lettered', expected: 'confirmed',
}));

/** The outage ends after their first attempts, so a retry succeeds. */
export const ORDERS_AT_END_OF_OUTAGE: readonly FailureRequest[] = [5301, 5302, 5303].map((number) => ({
  description: 'orders shortly before the end of the outage', order: order(number), expected: 'confirmed',
}));
