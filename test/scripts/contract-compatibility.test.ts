import { incompatibilities, type Direction } from '../../scripts/contract-compatibility';

const object = (properties: object, required: string[] = [], more: object = {}) => ({ type: 'object', properties, required, ...more });

test.each<[string, Direction, object, object]>([
  ['a further optional field', 'input', object({}), object({ a: { type: 'string' } })],
  ['a further field', 'output', object({}), object({ a: { type: 'string' } }, ['a'])],
  ['a field that is no longer required', 'input', object({ a: {} }, ['a']), object({ a: {} })],
  ['a field that is always there', 'output', object({ a: {} }), object({ a: {} }, ['a'])],
  ['a larger maximum', 'input', { maxLength: 64 }, { maxLength: 128 }],
  ['no maximum any more', 'input', { maxLength: 64 }, {}],
  ['a new maximum', 'output', {}, { maxLength: 64 }],
  ['a smaller minimum', 'input', { minimum: 1 }, { minimum: 0 }],
  ['a further value', 'input', { enum: ['a'] }, { enum: ['a', 'b'] }],
  ['a value less', 'output', { enum: ['a', 'b'] }, { enum: ['a'] }],
  ['a further type', 'input', { type: 'integer' }, { type: ['number', 'string'] }],
  ['a pattern less', 'input', { pattern: '^a$' }, {}],
  ['a further alternative', 'input', { anyOf: [{ type: 'string' }] }, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
  ['further fields allowed', 'input', object({}, [], { additionalProperties: false }), object({})],
])('%s is compatible: %s', (_, direction, before, after) => {
  expect(incompatibilities(before, after, direction)).toEqual([]);
});

test.each<[string, Direction, object, object, string]>([
  ['a field that becomes required', 'input', object({ a: {} }), object({ a: {} }, ['a']), '/required: a was optional'],
  ['a field that can be absent', 'output', object({ a: {} }, ['a']), object({ a: {} }), '/required: a was always there'],
  ['a removed field', 'output', object({ a: {} }), object({}), '/properties/a: was removed'],
  ['a removed field', 'input', object({ a: {} }), object({}), '/properties/a: was removed'],
  ['a smaller maximum', 'input', { maxItems: 10 }, { maxItems: 5 }, '/maxItems: was 10, is 5'],
  ['a new maximum', 'input', {}, { maxItems: 5 }, '/maxItems: was unlimited, is 5'],
  ['a larger maximum', 'output', { maxItems: 5 }, { maxItems: 10 }, '/maxItems: was 5, is 10'],
  ['a larger minimum', 'input', { minimum: 0 }, { minimum: 1 }, '/minimum: was 0, is 1'],
  ['a value less', 'input', { enum: ['a', 'b'] }, { enum: ['a'] }, '/enum: "b" was accepted'],
  ['a further value', 'output', { enum: ['a'] }, { enum: ['a', 'b'] }, '/enum: "b" was not published'],
  ['another constant', 'output', { const: 1 }, { const: 2 }, '/enum: 2 was not published'],
  ['a narrower type', 'input', { type: 'number' }, { type: 'integer' }, '/type: "number" was accepted'],
  ['a new pattern', 'input', {}, { pattern: '^a$' }, '/pattern: was undefined, is "^a$"'],
  ['an alternative less', 'input', { oneOf: [{}, {}] }, { oneOf: [{}] }, '/oneOf: has 1 alternatives, had 2'],
  ['further fields refused', 'input', object({}), object({}, [], { additionalProperties: false }), '/additionalProperties: is another schema'],
])('%s is not: %s', (_, direction, before, after, change) => {
  expect(incompatibilities(before, after, direction)).toEqual([change]);
});

test('changes are found in items, fields and what is referred to, with their path', () => {
  const schema = (maxLength: number) =>
    ({
      properties: { a: { items: { maxLength } }, b: { $ref: `#/$defs/B${maxLength}` } },
      $defs: { [`B${maxLength}`]: { anyOf: [{ maxLength }, { $ref: '#' }] } },
    });
  expect(incompatibilities(schema(2), schema(1), 'input')).toEqual([
    '/properties/a/items/maxLength: was 2, is 1', '/properties/b/anyOf/0/maxLength: was 2, is 1',
    // The second time, by the reference to the whole document.
    '/properties/b/anyOf/1/properties/a/items/maxLength: was 2, is 1',
  ]);
});
