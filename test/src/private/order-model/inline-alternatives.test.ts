import { inlineAlternatives } from '../../../../src/private/order-model/inline-alternatives';

const text = { type: 'string' };

test.each<[string, object, object]>([
  ['an alternative', { anyOf: [{ $ref: '#/$defs/a' }], $defs: { a: text } }, { anyOf: [text], $defs: { a: text } }],
  ['a part of an alternative', { oneOf: [{ properties: { b: { $ref: '#/$defs/a' } } }], $defs: { a: text } }, { oneOf: [{ properties: { b: text } }], $defs: { a: text } }],
  ['a reference to a reference', { anyOf: [{ $ref: '#/$defs/a' }], $defs: { a: { $ref: '#/$defs/b' }, b: text } }, { anyOf: [text], $defs: { a: { $ref: '#/$defs/b' }, b: text } }],
  ['an alternative that is always valid', { anyOf: [{ $ref: '#/$defs/a' }], $defs: { a: true } }, { anyOf: [true], $defs: { a: true } }],
])('a copy replaces %s', (_, schema, expected) => {
  expect(inlineAlternatives(schema as never)).toEqual(expected);
});

test.each<[string, object]>([
  ['a reference elsewhere', { properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: text } }],
  ['a reference with more', { anyOf: [{ $ref: '#/$defs/a', minLength: 1 }], $defs: { a: text } }],
  ['a reference to what contains it', { anyOf: [{ $ref: '#' }] }],
  ['data', { anyOf: [{ const: { $ref: '#/$defs/a' } }], $defs: { a: text } }],
])('%s stays', (_, schema) => {
  expect(inlineAlternatives(schema as never)).toEqual(schema);
});

test('a recursive definition is copied once, and then refers to itself', () => {
  const tree = { properties: { next: { anyOf: [{ $ref: '#/$defs/tree' }, text] } } };

  expect(inlineAlternatives({ anyOf: [{ $ref: '#/$defs/tree' }], $defs: { tree } })).toEqual({ anyOf: [tree], $defs: { tree } });
});

test('definitions that refer to each other many times do not grow without end', () => {
  const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`d${n}`, {
    anyOf: n === 29 ? [text] : [{ $ref: `#/$defs/d${n + 1}` }, { properties: { a: { $ref: `#/$defs/d${n + 1}` } } }],
  }]));

  expect(JSON.stringify(inlineAlternatives({ anyOf: [{ $ref: '#/$defs/d0' }], $defs })).length).toBeLessThan(1_000_000);
});
