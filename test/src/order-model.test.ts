import { join } from 'node:path';
import { createOrderModel } from '#shared';
import { STANDARD_ORDER_SCHEMA } from '../../src/private/order-model/standard-order-schema';
import { loadSource } from '../support/load-source';
import { ERP_FACTS, ERP_SCHEMA, erpOrder, modelFile } from '../support/own-models';
import { sampleOrder } from '../support/sample-order';
import { OrderModel } from 'cdk-order-pipeline';

const EXTENSION = join(__dirname, '..', 'support', 'order-extension.schema.json');
const order = (changes: object) => sampleOrder({ orderId: 'order-1', ...changes });

test('the standard model is built in: nothing is compiled', () => {
  const model = OrderModel.standard();

  expect(model._load().schema).toBe(STANDARD_ORDER_SCHEMA);
  expect(model._compile()).toBeUndefined();
});

describe('the standard model with an extension', () => {
  const model = createOrderModel(loadSource(OrderModel.standard({ extension: EXTENSION })._compile()!));
  const errorsIn = (candidate: unknown) => (model.validate(candidate).errors ?? []).map(({ path, code }) => `${path} ${code}`);

  test('has the fields and the rules of both', () => {
    expect(errorsIn(order({ giftMessage: 'Happy birthday', loyalty: { card: '12345678' } }))).toEqual([]);
    expect(errorsIn(order({ giftMessage: 7, loyalty: { points: -1, level: 1 }, currency: 'QQQ', colour: 'red' })).sort()).toEqual([
      '/colour UNKNOWN_FIELD', '/currency UNKNOWN_CURRENCY', '/giftMessage INVALID_TYPE', '/loyalty/card REQUIRED', '/loyalty/level UNKNOWN_FIELD', '/loyalty/points TOO_SMALL',
    ]);
    expect(errorsIn(order({ total: 1 }))).toEqual(['/total TOTAL_MISMATCH']);
  });

  test('has null for an absent field of either', () => {
    expect(model.validate(order({ giftMessage: null, notes: null })).value!.order).toEqual(order({}));
  });

  test('can be changed in the fields of either', () => {
    expect(model.validatePatch({ giftMessage: 'new', loyalty: { points: 1 }, notes: null }).errors).toBeUndefined();
    expect(model.validatePatch({ loyalty: { points: 'x' }, customerId: 'c' }).errors!.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/loyalty/points INVALID_TYPE', '/customerId NOT_CHANGEABLE',
    ]);
  });

  test('may require fields of either', () => {
    const strict = createOrderModel(loadSource(OrderModel.standard({
      extension: modelFile({ properties: { store: { type: 'string' } }, required: ['store', 'email'] }),
    })._compile()!));

    expect(strict.validate(order({})).errors!.map(({ path, code }) => `${path} ${code}`)).toEqual(['/store REQUIRED', '/email REQUIRED']);
    expect(strict.validatePatch({ store: null }).errors).toEqual([{ path: '/store', code: 'REQUIRED', message: 'is required and cannot be removed' }]);
  });
});

test('a model of an app has its schema and is compiled once, however many functions need it', () => {
  const model = OrderModel.fromJsonSchema(modelFile(ERP_SCHEMA), ERP_FACTS);
  const { $id, ...schema } = ERP_SCHEMA;

  expect(model._load().schema).toEqual(schema);
  expect(model._compile()).toBe(model._compile());
  expect(createOrderModel(loadSource(model._compile()!)).validate(erpOrder()).value!.orderId).toBe('A-1');
});

test('the same file makes the same source, so that nothing is deployed again', () => {
  const path = modelFile(ERP_SCHEMA);

  expect(OrderModel.fromJsonSchema(path, ERP_FACTS)._compile()).toBe(OrderModel.fromJsonSchema(path, ERP_FACTS)._compile());
});

describe('a model fails, and names its file, when', () => {
  const file = (content: unknown) => modelFile(content, 'my.schema.json');
  const own = (content: unknown, facts = { orderId: '/number' }) => () => OrderModel.fromJsonSchema(file(content), facts);
  const extended = (content: unknown) => () => OrderModel.standard({ extension: file(content) });

  test.each<[string, () => OrderModel, RegExp]>([
    ['the file is missing', () => OrderModel.fromJsonSchema('missing/my.schema.json', { orderId: '/number' }), /^OrderModel: missing\/my\.schema\.json: ENOENT/],
    ['the extension is missing', () => OrderModel.standard({ extension: 'missing/my.schema.json' }), /^OrderModel: missing\/my\.schema\.json: ENOENT/],
    ['the file is not JSON', own('{"type":'), /my\.schema\.json: .*JSON/],
    ['the extension is not JSON', extended('type: object'), /my\.schema\.json: .*JSON/],
    ['the file has no schema', own('null'), /my\.schema\.json: must be a JSON object$/],
    ['the extension has no schema', extended('[]'), /my\.schema\.json: must be a JSON object$/],
    ['a keyword is unknown', own({ ...ERP_SCHEMA, colour: 1 }), /my\.schema\.json: \/colour: is not a keyword of JSON Schema$/],
    ['a keyword of the extension is unknown', extended({ properties: { gift: { colour: 1 } } }), /my\.schema\.json: \/properties\/gift\/colour: is not a keyword of JSON Schema$/],
    ['a reference of the extension leads nowhere', extended({ properties: { gift: { $ref: '#/$defs/gift' } } }), /my\.schema\.json: \/properties\/gift\/\$ref: #\/\$defs\/gift does not exist$/],
    ['a pattern of the extension can take exponential time', extended({ properties: { gift: { pattern: '(a+)+' } } }), /\/properties\/gift\/pattern: the pattern can take exponential time/],
    ['the extension has a field of the standard model', extended({ properties: { notes: {} } }), /my\.schema\.json: \/properties\/notes: the standard model has this name already/],
    ['a pointer leads nowhere', own(ERP_SCHEMA, { orderId: '/id' }), /my\.schema\.json: `orderId`: the schema has no field \/id$/],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
