import { describeModel, type ModelPointers } from '../../../../src/private/order-model/describe-model';
import { ERP_FACTS, ERP_SCHEMA } from '../../../support/own-models';

const describe_ = (pointers: Partial<ModelPointers>, schema: object = ERP_SCHEMA) => describeModel(schema as never, { orderId: '/number', ...pointers });

test('a model has its facts, what is required, and by default what contains no fact can be changed', () => {
  expect(describeModel(ERP_SCHEMA, ERP_FACTS)).toEqual({
    isStandard: false, facts: ERP_FACTS, changeable: ['/lines', '/delivery', '/comment'], required: ['number', 'buyer', 'lines'],
  });
});

test('a model has what can be changed as it is given', () => {
  expect(describe_({ changeable: ['/buyer/vat', '/delivery/address/zip', '/lines'] }).changeable).toEqual(['/buyer/vat', '/delivery/address/zip', '/lines']);
  expect(describe_({ changeable: [] }).changeable).toEqual([]);
});

test('fields are found wherever a schema has them', () => {
  const schema = {
    type: 'object',
    properties: { 'id': { type: 'integer' }, 'a/b': { type: 'string' } },
    allOf: [{ properties: { all: { $ref: '#/$defs/text' } } }],
    anyOf: [{ properties: { any: { type: ['string', 'null'] } } }, {}],
    oneOf: [{ $ref: '#/$defs/one' }],
    if: {},
    then: { properties: { then: { const: 'x' } } },
    else: { properties: { else: true } },
    $defs: { text: { type: 'string' }, one: { properties: { one: { additionalProperties: { type: 'string' } }, tree: { $ref: '#/$defs/one' } } } },
  };

  expect(describe_({ orderId: '/id' }, schema).changeable).toEqual(['/a~1b', '/all', '/any', '/one', '/tree', '/then', '/else']);
  for (const customerId of ['/a~1b', '/all', '/any', '/one/whatever', '/then', '/else', '/tree/tree/one/x']) {
    expect(describe_({ orderId: '/id', customerId }, schema).facts).toEqual({ orderId: '/id', customerId });
  }
});

describe('a pointer fails', () => {
  test.each<[string, Partial<ModelPointers>, string]>([
    ['because it is not a pointer', { customerId: 'buyer.id' }, '`customerId` must be a JSON Pointer to a field, such as /number, got "buyer.id"'],
    ['because it has half an escape', { customerId: '/a~' }, '`customerId` must be a JSON Pointer to a field'],
    ['because it is the whole order', { orderId: '' }, '`orderId` must be a JSON Pointer to a field, such as /number, got ""'],
    ['because the schema has no such field', { customerId: '/buyer/name' }, '`customerId`: the schema has no field /buyer/name'],
    ['because the schema has no such field at the top', { total: '/total' }, '`total`: the schema has no field /total'],
    ['because it leads into a list', { salesChannel: '/lines/0/article' }, '`salesChannel`: the schema has no field /lines/0/article'],
    ['because it leads through text', { salesChannel: '/channel/name' }, '`salesChannel`: the schema has no field /channel/name'],
    ['because it is inherited', { salesChannel: '/constructor' }, '`salesChannel`: the schema has no field /constructor'],
    ['because an object is not an ID', { orderId: '/buyer' }, '`orderId`: /buyer is object, but must be string or integer'],
    ['because text is not a list of tags', { tags: '/channel' }, '`tags`: /channel is string, but must be array'],
    ['because a list is not a total', { total: '/labels' }, '`total`: /labels is array, but must be integer or number or string'],
    ['because one of several is the ID', { changeable: ['/lines', '/number'] }, '`changeable`: /number contains the ID of the order, which cannot change'],
    ['because it contains the ID', { orderId: '/buyer/id', changeable: ['/buyer'] }, '`changeable`: /buyer contains the ID of the order, which cannot change'],
    ['because what can be changed is not a pointer', { changeable: ['lines'] }, '`changeable` must have JSON Pointers to fields, such as /lines, got "lines"'],
    ['because what can be changed does not exist', { changeable: ['/line'] }, '`changeable`: the schema has no field /line'],
  ])('%s', (_, pointers, message) => {
    expect(() => describe_(pointers)).toThrow(message);
  });

  test('with every error at once', () => {
    expect(() => describe_({ orderId: '/id', total: '/total', changeable: ['x'] })).toThrow(/`orderId`.*; `total`.*; `changeable`/);
  });
});
