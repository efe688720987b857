import { findUnstorable, MAX_ORDER_DEPTH } from '#shared';

const errorsIn = (value: unknown) => findUnstorable(value).map(({ path, code }) => `${path} ${code}`);

/** Objects or lists in each other. */
const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => (levels === 0 ? 1 : wrap(nested(levels - 1, wrap)));

test.each<[string, unknown]>([
  ['the largest integers', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  ['the smallest numbers', [1e-100, -1e-100, 0, -0]],
  ['a key of 255 characters', { ['k'.repeat(255)]: 1 }],
  ['24 levels of objects', nested(MAX_ORDER_DEPTH, (a) => ({ a }))],
  ['24 levels of lists', nested(MAX_ORDER_DEPTH, (a) => [a])],
  ['any other JSON', { text: '😀\0', yes: true, no: false, none: null, list: [], object: {} }],
  ['keys with a meaning in JavaScript', { constructor: 1, toString: 2, length: 3 }],
])('%s can be stored', (_, value) => {
  expect(findUnstorable(value)).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['an integer above 2^53', { a: 2 ** 53 }, '/a NUMBER_OUT_OF_RANGE'],
  ['an integer below -2^53', { a: [-(2 ** 53)] }, '/a/0 NUMBER_OUT_OF_RANGE'],
  ['a number near 0', { a: 9e-101 }, '/a NUMBER_OUT_OF_RANGE'],
  ['a number below 0 near 0', { a: -9e-101 }, '/a NUMBER_OUT_OF_RANGE'],
  ['half a surrogate pair', { a: [{ b: '\ud800' }] }, '/a/0/b ILL_FORMED_TEXT'],
  ['U+FFFE', '\uFFFE', ' ILL_FORMED_TEXT'],
  ['U+FFFF in a key', { 'a\uFFFF': 1 }, '/a\uFFFF INVALID_KEY'],
  ['an empty key', { a: { '': 1 } }, '/a/ INVALID_KEY'],
  ['a quotation mark in a key', { 'a"': 1 }, '/a" INVALID_KEY'],
  ['a backslash in a key', { 'a\\': 1 }, '/a\\ INVALID_KEY'],
  ['a control character in a key', { 'a\n': 1 }, '/a\n INVALID_KEY'],
  ['a key of 256 characters', { ['k'.repeat(256)]: 1 }, `/${'k'.repeat(64)}… INVALID_KEY`],
  ['25 levels of objects', nested(MAX_ORDER_DEPTH + 1, (a) => ({ a })), `${'/a'.repeat(MAX_ORDER_DEPTH)} TOO_DEEP`],
  ['25 levels of lists', nested(MAX_ORDER_DEPTH + 1, (a) => [a]), `${'/0'.repeat(MAX_ORDER_DEPTH)} TOO_DEEP`],
])('fails because of %s', (_, value, error) => {
  expect(errorsIn(value)).toEqual([error]);
});

test('finds every error, and none twice', () => {
  expect(errorsIn({ a: '\ud800', b: { '': '\ud800' }, c: [1e300, 1, 1e-300] })).toEqual([
    '/a ILL_FORMED_TEXT', '/b/ INVALID_KEY', '/c/0 NUMBER_OUT_OF_RANGE', '/c/2 NUMBER_OUT_OF_RANGE',
  ]);
});

test('never repeats a value', () => {
  expect(JSON.stringify(findUnstorable({ a: 'canary\ud800', b: 123456789e30 }))).not.toMatch(/canary|12345/);
});

test('an escaped key that JSON.parse of Node.js confuses with another one is refused, whichever of the two it returns', () => {
  JSON.parse('{"attributes":{"/":"x","\\\\":"x"}}');
  const order = JSON.parse('{"attributes":{"/":"x","\\"":"x"}}');

  expect(findUnstorable(order).map(({ code }) => code)).toEqual(['INVALID_KEY']);
});
