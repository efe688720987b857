import { createEvent, totalPartsOf } from '#shared';
import { orderRejected, orderValidated } from '../../../support/sample-messages';

test.each([
  [0, 0, 0], [1, 0, 1], [999_999_999, 0, 999_999_999], [1_000_000_000, 1, 0], [Number.MAX_SAFE_INTEGER, 9_007_199, 254_740_991],
  [119.9, 0, 119.9], [-1, -1, 999_999_999],
])('the total %d is %d billions and %d', (total, billions, remainder) => {
  expect(totalPartsOf({ total })).toEqual({ totalParts: { billions, remainder } });
  expect(billions * 1_000_000_000 + remainder).toBe(total);
});

test('an event with a total has its parts in the facts', () => {
  expect(orderValidated({}, { total: 6_000_000_001 }).facts.totalParts).toEqual({ billions: 6, remainder: 1 });
});

test('an event without a total has none', () => {
  expect(orderRejected().facts).not.toHaveProperty('totalParts');
  const cause = { orderId: 'order-1', commandId: 'command-1', sequence: 1, correlationId: 'c', causationId: 'c', channel: 'api' } as const;
  expect(createEvent('OrderCancellationRequested', cause, { reason: 'too late' }).facts).toEqual({});
});
