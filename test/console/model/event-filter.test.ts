import type { OrderEvent } from '../../../cli/console/console-api';
import { keyOf, matches, MAX_EVENTS, withNewEvents } from '../../../console/model/event-filter';

const event = (eventId: string, changes: Partial<OrderEvent> = {}): OrderEvent => ({ eventId, type: 'OrderPlaced', at: '2026-11-27T12:00:00Z', orderId: 'order-1', detail: {}, ...changes });

test('a filter shows the events of its type, order and tenant', () => {
  const own = event('1', { tenant: 'acme' });
  expect([{}, { type: '' }, { type: 'OrderPlaced' }, { orderId: 'order-1', tenant: 'acme' }].map((filter) => matches(filter, own))).toEqual([true, true, true, true]);
  expect([{ type: 'OrderConfirmed' }, { orderId: 'order-2' }, { tenant: 'globex' }].map((filter) => matches(filter, own))).toEqual([false, false, false]);
});

test('new events are in front, the latest one first', () => {
  expect(withNewEvents([event('1')], [event('2'), event('3')]).map(({ eventId }) => eventId)).toEqual(['3', '2', '1']);
});

test('an event that is known is not added again, and then the list is the same', () => {
  const known = [event('2'), event('1')];
  expect(withNewEvents(known, [event('1'), event('2')])).toBe(known);
  expect(withNewEvents(known, [event('2'), event('3')]).map(({ eventId }) => eventId)).toEqual(['3', '2', '1']);
});

test('events of two tenants with the same order and event ID are two events', () => {
  expect(keyOf(event('1', { tenant: 'acme' }))).not.toBe(keyOf(event('1', { tenant: 'globex' })));
});

test('the oldest events are forgotten', () => {
  const known = Array.from({ length: MAX_EVENTS }, (_, index) => event(`known-${index}`));
  const events = withNewEvents(known, [event('new')]);
  expect(events).toHaveLength(MAX_EVENTS);
  expect([events[0].eventId, events.at(-1)!.eventId]).toEqual(['new', `known-${MAX_EVENTS - 2}`]);
});
