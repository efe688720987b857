import { extendStandardSchema, standardModelWith } from '../../../../src/private/order-model/standard-extension';
import { STANDARD_ORDER_MODEL } from '../../../../src/private/order-model/standard-order-model';
import { STANDARD_ORDER_SCHEMA } from '../../../../src/private/order-model/standard-order-schema';

const gift = { properties: { gift: { type: 'string' } } };

test('the standard schema gets the fields of an extension, its definitions and what it requires', () => {
  const extension = { ...gift, $schema: 'x', $id: 'x', title: 'x', type: 'object', additionalProperties: false, required: ['gift', 'customerId', 'currency'], $defs: { a: true }, definitions: { b: true } };
  const schema = extendStandardSchema(extension);

  expect(schema).toMatchObject({ title: 'Order', $schema: STANDARD_ORDER_SCHEMA.$schema, additionalProperties: false, definitions: { b: true } });
  expect(Object.keys(schema.properties as object)).toEqual([...Object.keys(STANDARD_ORDER_SCHEMA.properties as object), 'gift']);
  expect(Object.keys(schema.$defs as object)).toEqual([...Object.keys(STANDARD_ORDER_SCHEMA.$defs as object), 'a']);
  expect(schema.required).toEqual(['orderId', 'currency', 'items', 'gift', 'customerId']);
});

test('the fields of an extension can be changed', () => {
  const model = standardModelWith({ properties: { 'gift': true, 'a/b': true }, required: ['gift'] });

  expect(model).toEqual({ ...STANDARD_ORDER_MODEL, changeable: [...STANDARD_ORDER_MODEL.changeable, '/gift', '/a~1b'], required: ['orderId', 'currency', 'items', 'gift'] });
});

test.each<[string, unknown, string]>([
  ['is a list', [], 'must be a JSON object'],
  ['has no field', {}, '/properties: must have at least one field'],
  ['has a field of the standard model', { properties: { notes: true } }, '/properties/notes: the standard model has this name already; use another one'],
  ['has a definition of the standard model', { ...gift, $defs: { address: true } }, '/$defs/address: the standard model has this name already'],
  ['has a rule', { ...gift, anyOf: [true] }, '/anyOf: is not supported in an extension; use a model of your own with fromJsonSchema'],
  ['has another type', { ...gift, type: 'array' }, '/type: must be "object"'],
  ['allows other fields', { ...gift, additionalProperties: true }, '/additionalProperties: must be false'],
  ['requires what is not a field', { ...gift, required: ['gifts'] }, '/required: gifts is not a field of the order'],
])('an extension fails when it %s', (_, extension, message) => {
  expect(() => extendStandardSchema(extension as never)).toThrow(message);
});
