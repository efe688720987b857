import { order, type Outcome, type Request } from './scenario';

/** A request that meets trouble. `expected` is what becomes of it in the end. */
export interface BrokenRequest extends Request {
  /** What becomes of it before anybody puts things right, if that is something else. */
  readonly before?: Outcome;
}

const BURST_ORDERS = 10;
const TIMES = 6;

/** Which of the six comes first is not known; how many do, is. */
export const BURST: readonly BrokenRequest[] = Array.from({ length: BURST_ORDERS * TIMES }, (_, index) => ({
  what: `${BURST_ORDERS} orders, each ${TIMES} times, all at once`,
  order: order(5000 + index % BURST_ORDERS),
  expected: index < BURST_ORDERS ? 'confirmed' : 'repeated',
}));

/** Somebody's script puts it past the door into the orders queue. It begins with the id by which it is found again. */
export const POISON: BrokenRequest = { what: 'poison in the orders queue: no JSON', order: ', "orderId": ', expected: 'dead-lettered' };

/** Somebody else says it on the bus. */
export const POISON_EVENT: BrokenRequest = { what: 'poison on the bus: an event without its order', order: {}, expected: 'dead-lettered' };

/** What is on its way together with poison does not suffer from it. */
export const NEIGHBOURS: readonly BrokenRequest[] = [5101, 5102, 5103].map((number) => ({
  what: 'orders beside the poison', order: order(number), expected: 'confirmed',
}));

/** They are tried as often as `processOrder.maxReceiveCount` of the example says, and none of that helps. */
export const IN_THE_OUTAGE: readonly BrokenRequest[] = [5201, 5202, 5203, 5204, 5205, 5206].map((number) => ({
  what: 'orders while the table throttles', order: order(number), before: 'dead-lettered', expected: 'confirmed',
}));

/** They are tried again, and then it helps. */
export const AT_ITS_END: readonly BrokenRequest[] = [5301, 5302, 5303].map((number) => ({
  what: 'orders shortly before it answers again', order: order(number), expected: 'confirmed',
}));
