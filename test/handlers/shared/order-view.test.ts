import { isExpired, orderView } from '#shared';
import { confirmedItem, orderRejected, rejectedItem, SAMPLE_TIME, samplePricedOrder } from '../../support/sample-messages';

test('a client sees an order, its state and its times', () => {
  expect(orderView(confirmedItem())).toEqual({ ...samplePricedOrder(), status: 'CONFIRMED', version: 1, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME });
});

test('a client sees why an order was rejected', () => {
  const { customerId, ...rejection } = orderRejected().data;

  expect(orderView(rejectedItem())).toEqual({
    orderId: 'order-1', customerId, status: 'REJECTED', version: 0, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME, rejection,
  });
});

describe('expiry', () => {
  const { expiresAt } = rejectedItem();

  test.each([[false, -1], [true, 0], [true, 1]])('is %s for a rejection %i ms after its time', (expired, after) => {
    expect(isExpired(rejectedItem(), new Date(expiresAt * 1000 + after))).toBe(expired);
  });

  test('never comes for an order', () => {
    expect(isExpired(confirmedItem(), new Date('9999-01-01'))).toBe(false);
  });
});
