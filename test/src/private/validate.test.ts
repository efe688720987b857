import { App, CfnParameter, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { assertProps, durationAbove, durationBetween, durationKnown, integerBetween, notTogether, sizeBetween } from '../../../src/private/validate';

const stack = new Stack(new App(), 'Test');
const parameter = new CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
const lazy = Lazy.number({ produce: () => 0 });

test('accepts props without errors', () => {
  expect(() => assertProps(stack, [undefined, undefined])).not.toThrow();
});

test('fails when there are errors, with the path of the construct and all errors', () => {
  expect(() => assertProps(stack, ['one is wrong', undefined, 'two is wrong'])).toThrow(new Error('Test: one is wrong; two is wrong'));
});

test.each([1, 5, 10, undefined, parameter, lazy])('an integer within bounds, left out or known only at deployment passes: %p', (value) => {
  expect(integerBetween('size', value, 1, 10)).toBeUndefined();
});

test.each([0, 11, -1, 1.5, NaN, Infinity])('an integer fails when it is %p and has to be between 1 and 10', (value) => {
  expect(integerBetween('size', value, 1, 10)).toBe(`\`size\` must be an integer between 1 and 10, got ${value}`);
});

test.each([
  Duration.seconds(1), Duration.minutes(1), Duration.millis(2000), undefined, Duration.seconds(parameter), Duration.days(lazy),
])('a duration within bounds, left out or known only at deployment passes: %s', (value) => {
  expect(durationBetween('timeout', value, Duration.seconds(1), Duration.minutes(1))).toBeUndefined();
});

test.each([
  [Duration.millis(999), '999 millis'],
  [Duration.seconds(61), '1 minute 1 second'],
])('a duration fails when it is out of bounds: %s', (value, given) => {
  expect(durationBetween('timeout', value, Duration.seconds(1), Duration.minutes(1)))
    .toBe(`\`timeout\` must be between 1 second and 1 minute, got ${given}`);
});

test.each([
  [Duration.seconds(61), Duration.minutes(1)],
  [Duration.seconds(parameter), Duration.minutes(1)],
  [Duration.seconds(1), Duration.seconds(lazy)],
])('a duration that is longer than another, or may be, passes: %s, %s', (value, other) => {
  expect(durationAbove('long', value, 'short', other)).toBeUndefined();
});

test.each([Duration.seconds(60), Duration.seconds(59)])('a duration fails when it is not longer than another: %s', (value) => {
  expect(durationAbove('long', value, 'short', Duration.minutes(1)))
    .toBe(`\`long\` must be longer than short (1 minute), got ${value.toHumanString()}`);
});

test.each([Duration.seconds(1), undefined])('a duration that is known at synth, or left out, passes: %s', (value) => {
  expect(durationKnown('timeout', value, 'something follows from it')).toBeUndefined();
});

test.each([Duration.seconds(parameter), Duration.days(lazy)])('a duration that is known only at deployment fails where something follows from it', (value) => {
  expect(durationKnown('timeout', value, 'something follows from it')).toBe('`timeout` must be known at synth, because something follows from it');
});

test.each([
  [Duration.hours(36), 'days', '1 day 12 hours'],
  [Duration.millis(1500), 'seconds', '1 second 500 millis'],
] as const)('a duration fails when it is not whole in the unit that AWS takes: %s', (value, unit, given) => {
  expect(durationBetween('retention', value, Duration.seconds(1), Duration.days(3), unit)).toBe(`\`retention\` must be a whole number of ${unit}, got ${given}`);
});

test('fails when there are errors, with each error once', () => {
  expect(() => assertProps(stack, ['one is wrong', 'two is wrong', 'one is wrong'])).toThrow(new Error('Test: one is wrong; two is wrong'));
});

test.each([
  Size.kibibytes(1), Size.kibibytes(2), Size.bytes(1025), undefined, Size.bytes(parameter), Size.kibibytes(lazy),
])('a size within bounds, left out or known only at deployment passes: %s', (value) => {
  expect(sizeBetween('size', value, Size.kibibytes(1), Size.kibibytes(2))).toBeUndefined();
});

test.each([1023, 2049])('a size fails when it is %p bytes and has to be between 1 and 2 KiB', (bytes) => {
  expect(sizeBetween('size', Size.bytes(bytes), Size.kibibytes(1), Size.kibibytes(2))).toBe(`\`size\` must be between 1 KiB and 2 KiB, got ${bytes} bytes`);
});

test('one of two props that exclude each other passes', () => {
  expect(notTogether('one', 1, 'two', undefined)).toBeUndefined();
  expect(notTogether('one', undefined, 'two', 2)).toBeUndefined();
});

test('two props that exclude each other fail, even when they are false', () => {
  expect(notTogether('one', false, 'two', false)).toBe('`one` cannot be set together with `two`');
});
