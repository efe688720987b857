import { parseAge, formatAge } from '../../cli/age';

test.each([['0s', 0], ['90s', 90], ['30m', 1800], ['2h', 7200], ['3d', 259_200]])('%s is %d seconds', (age, seconds) => {
  expect(parseAge(age)).toBe(seconds);
});

test.each(['', '2', 'h', '2 h', '-2h', '1.5h', '2w', '2hours', '1234567s'])('"%s" is not an age', (age) => {
  expect(parseAge(age)).toBeUndefined();
});

test.each([[0, '0s'], [59, '59s'], [60, '1m'], [3599, '59m'], [7200, '2h'], [86_399, '23h'], [1_209_600, '14d']])('%d seconds are formatted as %s', (seconds, age) => {
  expect(formatAge(seconds)).toBe(age);
});
