import { formatDuration } from '../../cli/format-duration';

test.each([[0, '0s'], [0.2, '1s'], [59, '59s'], [60, '1m 0s'], [125, '2m 5s'], [3600, '1h 0m'], [100_000, '27h 46m']])('%d seconds are formatted as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
