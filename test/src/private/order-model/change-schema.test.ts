import Ajv2020 from 'ajv/dist/2020';
import { changeSchema } from '../../../../src/private/order-model/change-schema';

/** Whether patches are valid for orders of a schema. */
function accepts(schema: object): (patch: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ ...schema, $id: 'order' }, 'order');
  return ajv.compile({ ...changeSchema(schema as never), $id: 'change' });
}

const text = { type: 'string' };

test.each<[string, object, unknown]>([
  ['required fields', { type: 'object', required: ['a', 'b'], properties: { a: text, b: text } }, { a: 'x' }],
  ['required fields of a nested object', { properties: { a: { type: 'object', required: ['b', 'c'], properties: { b: text } } } }, { a: { b: 'x' } }],
  ['a least number of fields', { minProperties: 2 }, { a: 1 }],
  ['fields that depend on each other', { dependentRequired: { a: ['b'] }, dependentSchemas: { a: { required: ['c'] } }, dependencies: { a: ['d'] } }, { a: 1 }],
  ['conditions', { if: { required: ['a'] }, then: { required: ['b'] }, else: false, not: { required: ['a'] } }, { a: 1 }],
  ['the one alternative', { properties: { d: { oneOf: [{ type: 'object', properties: { a: text } }, { type: 'object', properties: { b: text } }] } } }, { d: { a: 'x' } }],
  ['an alternative, next to others', { anyOf: [{ required: ['a'] }, {}], oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { c: 1 }],
  ['an object as a constant', { properties: { a: { type: 'object', const: { b: 1 } } } }, { a: {} }],
])('a patch need not satisfy %s', (_, schema, patch) => {
  expect(accepts(schema)(patch)).toBe(true);
});

test.each<[string, object, unknown]>([
  ['types', { properties: { a: text } }, { a: 1 }],
  ['no other fields', { properties: { a: text }, additionalProperties: false }, { b: 1 }],
  ['the types of fields by pattern', { patternProperties: { '^a': text } }, { ab: 1 }],
  ['the types of other fields', { additionalProperties: { type: 'object', properties: { a: text } } }, { b: { a: 1 } }],
  ['a most number of fields', { maxProperties: 1 }, { a: 1, b: 1 }],
  ['the names of fields', { propertyNames: { maxLength: 1 } }, { ab: 1 }],
  ['all of several schemas', { allOf: [{ properties: { a: text } }, { properties: { b: text } }] }, { a: 'x', b: 1 }],
  ['one of several alternatives', { properties: { d: { oneOf: [{ type: 'object', properties: { a: text }, additionalProperties: false }, text] } } }, { d: { a: 1 } }],
  ['one of the alternatives beside others', { anyOf: [{ properties: { a: text } }], oneOf: [{ properties: { b: text } }] }, { b: 1 }],
  ['everything in a list, which is replaced as a whole', { properties: { a: { type: 'array', items: { type: 'object', required: ['b'] } } } }, { a: [{}] }],
  ['everything of a value that is not an object', { properties: { a: { type: 'string', const: 'x' } } }, { a: 'y' }],
  ['a constant without a type', { properties: { a: { const: 'x' } } }, { a: 'y' }],
  ['a definition', { properties: { a: { $ref: '#/$defs/b~1 c%23' } }, $defs: { 'b/ c#': { properties: { d: text } } } }, { a: { d: 1 } }],
  ['a recursive definition', { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { required: ['x'], properties: { b: { $ref: '#/$defs/b' }, c: text } } } }, { a: { b: { b: { c: 1 } } } }],
  ['the whole schema in a list', { required: ['a'], properties: { a: text, inner: { type: 'array', items: { $ref: '#' } } } }, { inner: [{}] }],
  ['the whole schema in a field', { properties: { a: text, inner: { $ref: '#' } } }, { inner: { inner: { a: 1 } } }],
])('a patch must satisfy %s', (_, schema, patch) => {
  expect(accepts(schema)(patch)).toBe(false);
});

test('a recursive part need not be whole in a patch, but in a list', () => {
  const patchIs = accepts({
    properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { type: 'object', required: ['x'], properties: { b: { $ref: '#/$defs/b' }, list: { type: 'array', items: { $ref: '#/$defs/b' } } } } },
  });

  expect(patchIs({ a: { b: { b: {} } } })).toBe(true);
  expect(patchIs({ a: { list: [{ x: 1 }] } })).toBe(true);
  expect(patchIs({ a: { list: [{}] } })).toBe(false);
});

test('values that look like references are not changed', () => {
  const patchIs = accepts({ properties: { a: { type: 'array', items: { enum: [{ $ref: '#/x' }] } }, $ref: text } });

  expect(patchIs({ a: [{ $ref: '#/x' }], $ref: 'x' })).toBe(true);
  expect(patchIs({ a: [{ $ref: 'order#/x' }] })).toBe(false);
  expect(patchIs({ $ref: 1 })).toBe(false);
});

test('the schema is not changed', () => {
  const schema = { type: 'object', oneOf: [{ required: ['a'] }], $defs: { a: { $ref: '#' } } };
  const before = JSON.stringify(schema);
  changeSchema(schema);

  expect(JSON.stringify(schema)).toBe(before);
});
