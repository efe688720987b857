import { progressText } from '../../../cli/redrive/progress-text';

test('the progress has the messages moved, the rate and the time left', () => {
  expect(progressText({ queue: 'orders', moved: 12_300, expected: 100_000, seconds: 123 })).toBe('orders: moved 12,300 of about 100,000, 100 a second, about 14m 37s left');
});

test('before the first message, there is no time left', () => {
  expect(progressText({ queue: 'orders', moved: 0, expected: 10, seconds: 0 })).toBe('orders: moved 0 of about 10, 0.0 a second');
});

test('there are never more messages moved than expected', () => {
  expect(progressText({ queue: 'orders', moved: 12, expected: 10, seconds: 2 })).toBe('orders: moved 12 of about 12, 6.0 a second, about 0s left');
});

test('with filters, the number of messages to move is unknown', () => {
  expect(progressText({ queue: 'orders', moved: 40, seconds: 2 })).toBe('orders: moved 40, 20 a second');
});
