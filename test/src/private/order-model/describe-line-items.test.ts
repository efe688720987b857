import { describeLineItems, type LineItemOptions } from '../../../../src/private/order-model/describe-line-items';
import { describeModel } from '../../../../src/private/order-model/describe-model';

const SCHEMA = {
  type: 'object',
  properties: {
    number: { type: 'string' },
    lines: { $ref: '#/$defs/lines' },
    free: { type: 'array' },
    parts: { type: 'array', items: { anyOf: [{ properties: { count: { type: 'integer' } } }, { properties: { count: { type: 'string' }, weight: { type: 'number' } } }] } },
  },
  $defs: {
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    line: { type: 'object', properties: { key: { type: 'string' }, pieces: { type: 'object', properties: { count: { type: 'number' } } }, article: { type: 'string' } } },
  },
};

describe('line items', () => {
  test.each<[string, LineItemOptions, object | undefined]>([
    ['are none by default', {}, undefined],
    ['have a quantity', { lineItems: '/lines', lineItemQuantity: '/pieces/count' }, { path: '/lines', quantity: '/pieces/count', changeable: ['/pieces/count'] }],
    ['have an ID', { lineItems: '/lines', lineItemQuantity: '/pieces/count', lineItemId: '/key' }, { path: '/lines', quantity: '/pieces/count', id: '/key', changeable: ['/pieces/count'] }],
    ['can have any fields without a schema', { lineItems: '/free', lineItemQuantity: '/n' }, { path: '/free', quantity: '/n', changeable: ['/n'] }],
    ['have a field that one of several alternatives has', { lineItems: '/parts', lineItemQuantity: '/count', lineItemId: '/count' }, { path: '/parts', quantity: '/count', id: '/count', changeable: ['/count'] }],
  ])('%s', (_, options, pointers) => {
    expect(describeLineItems(SCHEMA, options)).toEqual({ errors: [], pointers });
    expect(describeModel(SCHEMA, { orderId: '/number', ...options }).lineItems).toEqual(pointers);
  });

  test('can be changed like other fields', () => {
    expect(describeModel(SCHEMA, { orderId: '/number', lineItems: '/lines', lineItemQuantity: '/pieces/count' }).changeable).toContain('/lines');
  });
});

describe('a pointer to line items fails', () => {
  test.each<[string, LineItemOptions, string[]]>([
    ['without the list', { lineItemQuantity: '/count', lineItemId: '/key' }, ['`lineItemQuantity` cannot be set without `lineItems`', '`lineItemId` cannot be set without `lineItems`']],
    ['without the quantity', { lineItems: '/lines' }, ['`lineItems` requires `lineItemQuantity`, the JSON Pointer to the quantity in a line item, such as /quantity']],
    ['because it is not a pointer', { lineItems: 'lines', lineItemQuantity: '/n' }, ['`lineItems` must be a JSON Pointer to a field, such as /lines, got "lines"']],
    ['because the schema has no such field', { lineItems: '/line', lineItemQuantity: '/n' }, ['`lineItems`: the schema has no field /line']],
    ['because it is not a list', { lineItems: '/number', lineItemQuantity: '/n' }, ['`lineItems`: /number is string, but must be array']],
    ['because a line item has no such field', { lineItems: '/lines', lineItemQuantity: '/count', lineItemId: '/id' },
      ['`lineItemQuantity`: a line item has no field /count', '`lineItemId`: a line item has no field /id']],
    ['because text is not a quantity', { lineItems: '/lines', lineItemQuantity: '/article' }, ['`lineItemQuantity`: /article is string, but must be integer or number']],
    ['because an object is not an ID', { lineItems: '/lines', lineItemQuantity: '/pieces/count', lineItemId: '/pieces' }, ['`lineItemId`: /pieces is object, but must be string or integer']],
    ['because it is the whole line item', { lineItems: '/lines', lineItemQuantity: '' }, ['`lineItemQuantity` must be a JSON Pointer to a field, such as /quantity, got ""']],
  ])('%s', (_, options, errors) => {
    expect(describeLineItems(SCHEMA, options).errors).toEqual(errors);
    expect(() => describeModel(SCHEMA, { orderId: '/number', ...options })).toThrow(errors.join('; '));
  });
});
