import { errorMessage, eventMessage, Problem, subscribedMessage } from '#shared';

const large = 'x'.repeat(130_000);
const view = { eventId: 'event-1', type: 'OrderConfirmed', version: 2, facts: { total: 7 } };

test('an event has its target and position', () => {
  expect(eventMessage({ orderId: 'o-1' }, 'id-1', { ...view, data: { status: 'CONFIRMED' } }))
    .toEqual({ type: 'event', orderId: 'o-1', id: 'id-1', event: { ...view, data: { status: 'CONFIRMED' } } });
});

test('of an event that is too large, the data is left out, and then the facts', () => {
  expect(eventMessage({ orderId: 'o-1' }, 'id-1', { ...view, data: { large } })).toEqual({ type: 'event', orderId: 'o-1', id: 'id-1', event: view, truncated: ['data'] });
  const { facts, ...rest } = view;
  expect(eventMessage({ orderId: 'o-1' }, 'id-1', { ...view, data: { large }, facts: { large } })).toMatchObject({ event: rest, truncated: ['data', 'facts'] });
});

test('of a state that is too large, the order is left out', () => {
  const state = { orderId: 'o-1', status: 'CONFIRMED', version: 1 };
  expect(subscribedMessage({ orderId: 'o-1' }, 'id-1', { ...state, order: { large } }, { resumed: true }))
    .toEqual({ type: 'subscribed', orderId: 'o-1', id: 'id-1', state, resumed: true, truncated: ['order'] });
});

test('sizes are in bytes', () => {
  expect(eventMessage({ orderId: 'o-1' }, 'id-1', { ...view, data: 'ü'.repeat(65_000) })).toHaveProperty('truncated');
  expect(eventMessage({ orderId: 'o-1' }, 'id-1', { ...view, data: 'x'.repeat(65_000) })).not.toHaveProperty('truncated');
});

test('an order that does not exist has no state', () => {
  expect(subscribedMessage({ orderId: 'o-1' }, 'id-1', null, {})).toEqual({ type: 'subscribed', orderId: 'o-1', id: 'id-1', state: null });
});

test('an error has the members of a problem, and the target of the message', () => {
  const problem = new Problem(404, 'order-not-found', 'the order does not exist');
  expect(errorMessage(problem, 'r-1', { target: { orderId: 'o-1' }, requestId: 's-1' }))
    .toMatchObject({ type: 'error', code: 'order-not-found', status: 404, detail: 'the order does not exist', correlationId: 'r-1', orderId: 'o-1', requestId: 's-1' });
});
