import { maySeeEvent, type HistoryRecord } from '#shared';

const event = (type: string, facts?: unknown) => ({ type, facts }) as HistoryRecord;

test.each<[string, HistoryRecord, boolean]>([
  ['an event about their order', event('OrderConfirmed', { customerId: 'customer-1' }), true],
  ['an event without a customer', event('OrderChangeRequested', {}), true],
  ['an event without facts', event('OrderRejected'), true],
  ['an order of another customer with the same ID', event('OrderValidated', { customerId: 'customer-2' }), false],
  ['who read the order', event('OrderRead', {}), false],
])('of the history of an order, its customer sees %s: %#', (_, record, isSeen) => {
  expect(maySeeEvent({ customerId: 'customer-1' }, record)).toBe(isSeen);
  expect(maySeeEvent({}, record)).toBe(true);
});
