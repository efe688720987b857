import { eventPattern } from '../../../console/model/event-pattern';

test('a filter becomes the pattern of a rule', () => {
  expect(eventPattern({ type: 'OrderConfirmed', orderId: 'order-1', tenant: 'acme' }))
    .toEqual({ 'detail-type': ['OrderConfirmed'], 'detail': { metadata: { orderId: ['order-1'], tenant: ['acme'] } } });
  expect(eventPattern({ tenant: 'acme', type: '' })).toEqual({ detail: { metadata: { tenant: ['acme'] } } });
});

test('a filter of nothing matches all events of orders: an empty pattern is not allowed', () => {
  expect(eventPattern({})).toEqual({ 'detail-type': [{ prefix: 'Order' }] });
});
