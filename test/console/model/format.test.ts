import { formatAmount, formatBytes, formatCount, formatDuration, formatTime } from '../../../console/model/format';

test.each([
  [-1, '0 ms'], [0, '0 ms'], [0.0004, '0 ms'], [0.25, '250 ms'], [1, '1 s'], [9.94, '9.9 s'], [42.4, '42 s'], [59.6, '1 min'], [60, '1 min'], [3661, '1 h 1 min'],
  [3600 + 5, '1 h'], [86_400 * 3 + 7200 + 60, '3 d 2 h'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test.each([[0, '0 B'], [999, '999 B'], [1500, '1.5 kB'], [123_456, '123 kB'], [5 * 10 ** 9, '5 GB'], [10 ** 13, '10000 GB']])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a count has the noun in the right number, and thousands are separated', () => {
  expect([0, 1, 1200, 1_234_567].map((count) => formatCount(count, 'order'))).toEqual(['0 orders', '1 order', '1,200 orders', '1,234,567 orders']);
});

test('an amount is in the unit of its currency, however many digits that has', () => {
  expect(formatAmount(4129, 'EUR')).toBe('€41.29');
  expect(formatAmount(4129, 'JPY')).toBe('¥4,129');
  expect(formatAmount(4129, undefined)).toBe('4129');
});

test('the amount of a currency that is none is shown as it is', () => {
  expect(formatAmount(4129, '<script>')).toBe('4129 <script>');
});

test('an instant of today is its time, another one its date and time', () => {
  const now = new Date(2026, 10, 27, 18, 0, 0);
  expect(formatTime(new Date(2026, 10, 27, 9, 5, 7).toISOString(), now)).toBe('09:05:07');
  expect(formatTime(new Date(2026, 0, 2, 9, 5, 7).toISOString(), now)).toBe('2026-01-02 09:05');
});

test('what is not an instant is shown as it is', () => {
  expect(formatTime('soon')).toBe('soon');
});
