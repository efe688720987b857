import { createEvent, orderTotalOf } from '#shared';
import { orderRejected, orderValidated, samplePricedOrder } from '../../../support/sample-messages';

test.each([[0, 0, 0], [1, 0, 1], [999_999_999, 0, 999_999_999], [1_000_000_000, 1, 0], [Number.MAX_SAFE_INTEGER, 9_007_199, 254_740_991]])(
  'the total %d is %d billions and %d', (total, billions, remainder) => {
    expect(orderTotalOf({ order: { total } })).toEqual({ billions, remainder });
    expect(billions * 1_000_000_000 + remainder).toBe(total);
  },
);

test('an event with an order has its total in the metadata', () => {
  expect(orderValidated({}, { total: 6_000_000_001 }).metadata.orderTotal).toEqual({ billions: 6, remainder: 1 });
});

test.each([undefined, null, 'text', {}, { order: {} }])('an event without an order has none: %j', (data) => {
  expect(orderTotalOf(data)).toBeUndefined();
  expect(orderRejected().metadata).not.toHaveProperty('orderTotal');
});

test('the total is that of the order after the event', () => {
  const cause = { orderId: 'order-1', commandId: 'command-1', sequence: 1, correlationId: 'c', causationId: 'c', channel: 'api' } as const;
  const event = createEvent('OrderChanged', cause, { order: samplePricedOrder({ total: 5 }), status: 'CONFIRMED' });
  expect(event.metadata.orderTotal).toEqual({ billions: 0, remainder: 5 });
});
