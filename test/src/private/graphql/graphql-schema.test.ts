import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema, GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, isNonNullType, validateSchema,
  type GraphQLSchema,
} from 'graphql';
import type { GraphqlFeatures } from '../../../../src/private/graphql/api-types';
import { graphqlContractWith } from '../../../../src/private/graphql/graphql-contract';
import { graphqlSchema, graphqlTypes, type SchemaAudience } from '../../../../src/private/graphql/graphql-schema';
import type { JsonSchema } from '../../../../src/private/order-model/json-schema';
import { STANDARD_MODEL } from '../../../../src/private/order-model/load-model';
import { ERP_SCHEMA } from '../../../support/own-models';

const ALL: GraphqlFeatures = { changes: true, cancellations: true, history: true, files: true, subscriptions: true, hasTenantArgument: false };
const CLIENTS: SchemaAudience = { kind: 'clients' };
const FLOWERS = JSON.parse(readFileSync(join(__dirname, '../../../../examples/own-order-model/order.schema.json'), 'utf8')) as JsonSchema;

const textOf = (schema: JsonSchema, features: Partial<GraphqlFeatures> = {}, audience: SchemaAudience = CLIENTS) =>
  graphqlSchema(schema, { ...ALL, ...features }, audience);
const build = (schema: JsonSchema, features: Partial<GraphqlFeatures> = {}): GraphQLSchema => buildSchema(textOf(schema, features));

/** The fields of a type as `name: Type`. */
const fieldsOf = (schema: GraphQLSchema, name: string): string[] =>
  Object.values((schema.getType(name) as GraphQLObjectType | GraphQLInputObjectType).getFields()).map((field) => `${field.name}: ${String(field.type)}`);

const object = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({ type: 'object', additionalProperties: false, properties, ...more });

/** The type of one field of an order. */
const typeOf = (field: JsonSchema): string => fieldsOf(build(object({ id: { type: 'string' }, field })), 'Order').find((each) => each.startsWith('field: '))!.slice(7);

describe.each([['the standard model', STANDARD_MODEL.schema], ['the example of a model', FLOWERS], ['a model with open objects and references', ERP_SCHEMA as JsonSchema]])('the schema for %s', (_, model) => {
  test('is valid GraphQL, for clients and for AppSync', () => {
    expect(validateSchema(build(model))).toEqual([]);
    const prelude = 'scalar AWSJSON scalar AWSDateTime directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION '
      + 'directive @aws_iam on FIELD_DEFINITION | OBJECT directive @aws_oidc on FIELD_DEFINITION | OBJECT\n';
    expect(validateSchema(buildSchema(prelude + textOf(model, {}, { kind: 'appsync', access: ' @aws_iam @aws_oidc' })))).toEqual([]);
  });

  test('is the same text each time, whatever was generated before', () => {
    const first = textOf(model);
    textOf(FLOWERS);
    expect(textOf(JSON.parse(JSON.stringify(model)) as JsonSchema)).toBe(first);
  });

  test('has the same fields in each type and its input type, all of which may be null, so that the pipeline finds all errors at once', () => {
    const schema = build(model);
    for (const { name } of graphqlTypes(model).objects) {
      const input = fieldsOf(schema, `${name}Input`);
      expect(input.map((field) => field.split(':')[0])).toEqual(fieldsOf(schema, name).map((field) => field.split(':')[0]));
      const types = Object.values((schema.getType(`${name}Input`) as GraphQLInputObjectType).getFields()).map(({ type }) => type);
      expect(types.filter(isNonNullType)).toEqual([]);
    }
  });

  test('has no comments in enums and no descriptions, which AppSync refuses', () => {
    const text = textOf(model, {}, { kind: 'appsync', access: ' @aws_iam' });
    for (const [body] of text.matchAll(/enum \w+ \{[^}]*\}/g)) expect(body).not.toContain('#');
    expect(text).not.toContain('"""');
  });
});

describe('the standard model', () => {
  const schema = build(STANDARD_MODEL.schema);

  test('has its fields as types', () => {
    expect(fieldsOf(schema, 'Order')).toEqual([
      'orderId: String', 'externalReference: String', 'customerId: String', 'email: String', 'currency: String', 'items: [OrderLineItem]',
      'adjustments: [OrderAdjustment]', 'total: Float', 'placedAt: String', 'shippingAddress: AWSJSON', 'billingAddress: AWSJSON', 'notes: String',
      'salesChannel: String', 'tags: [String]', 'attributes: AWSJSON',
    ]);
    expect(fieldsOf(schema, 'OrderAdjustmentInput')).toEqual(['kind: OrderAdjustmentKind', 'amount: Float', 'label: String', 'included: Boolean']);
    expect((schema.getType('OrderAdjustmentKind') as GraphQLEnumType).getValues().map(({ name }) => name)).toEqual(['DISCOUNT', 'SHIPPING', 'FEE', 'TAX', 'ROUNDING', 'OTHER']);
  });

  test('marks the values that are JSON, for the handlers', () => {
    expect(graphqlTypes(STANDARD_MODEL.schema).mapping).toEqual({
      root: 'Order',
      types: {
        Order: { fields: { items: 'OrderLineItem', adjustments: 'OrderAdjustment', shippingAddress: 'AWSJSON', billingAddress: 'AWSJSON', attributes: 'AWSJSON' } },
        OrderLineItem: { fields: { adjustments: 'OrderAdjustment', attributes: 'AWSJSON' } },
        OrderAdjustment: { fields: {} },
      },
    });
  });
});

test('the example of a model has values that are not names as text, and inline objects as types of their own', () => {
  const schema = build(FLOWERS);
  expect(fieldsOf(schema, 'OrderLine')).toEqual(['article: String', 'buckets: Float', 'stemsPerBucket: Float', 'length: String']);
  expect(fieldsOf(schema, 'OrderAmountsInput')).toEqual(['currency: OrderAmountsCurrency', 'gross: String']);
  expect(textOf(FLOWERS)).toContain('# One of "40cm", "50cm", "60cm".\n  length: String');
  expect(textOf(FLOWERS)).toContain('# Required.\n  number: String');
});

test('an open object has a field for all other keys, and an object that refers to itself is one type', () => {
  const schema = build(ERP_SCHEMA as JsonSchema);
  expect(fieldsOf(schema, 'Order')).toEqual([
    'number: AWSJSON', 'buyer: OrderParty', 'amounts: OrderAmounts', 'ordered: String', 'erpNumber: AWSJSON', 'channel: String', 'labels: AWSJSON', 'lines: [OrderLine]',
    'delivery: AWSJSON', 'comment: String',
  ]);
  expect(fieldsOf(schema, 'OrderLine')).toEqual(['article: String', 'note: String', 'parts: [OrderLine]', 'otherFields: AWSJSON']);
  expect(graphqlTypes(ERP_SCHEMA as JsonSchema).mapping.types.OrderLine).toEqual({
    fields: { parts: 'OrderLine' }, others: { field: 'otherFields', known: ['article', 'note', 'parts'] },
  });
});

describe('the type of a field', () => {
  test.each<[string, JsonSchema, string]>([
    ['text', { type: 'string' }, 'String'],
    ['a time, whose form the pipeline validates', { type: 'string', format: 'date-time' }, 'String'],
    ['a number', { type: 'number' }, 'Float'],
    ['an integer of 32 bits', { type: 'integer', minimum: 0, maximum: 2_147_483_647 }, 'Int'],
    ['an integer of more than 32 bits', { type: 'integer', minimum: 0, maximum: 2_147_483_648 }, 'Float'],
    ['an integer without limits', { type: 'integer', minimum: 0 }, 'Float'],
    ['a boolean or null', { type: ['boolean', 'null'] }, 'Boolean'],
    ['text or a number', { type: ['string', 'number'] }, 'AWSJSON'],
    ['names', { enum: ['A', 'B', null] }, 'OrderField'],
    ['values that are not names', { enum: ['1a', 'b c'] }, 'String'],
    ['values that are reserved', { enum: ['true', 'null'] }, 'String'],
    ['numbers', { enum: [1, 2.5] }, 'Float'],
    ['integers', { enum: [1, 2] }, 'Int'],
    ['values of several types', { enum: ['A', 1] }, 'AWSJSON'],
    ['one text', { const: 'a b' }, 'String'],
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'object' }] }, 'AWSJSON'],
    ['anything', {}, 'AWSJSON'],
    ['an object with any keys', { type: 'object', additionalProperties: { type: 'string' } }, 'AWSJSON'],
    ['an object whose keys are not names', { type: 'object', properties: { 'a-b': {} } }, 'AWSJSON'],
    ['an object', object({ a: { type: 'string' } }), 'OrderField'],
    ['a list', { type: 'array', items: { type: 'string' } }, '[String]'],
    ['a list of lists of objects', { type: 'array', items: { type: 'array', items: object({ a: {} }) } }, '[[OrderFieldItemItem]]'],
    ['a list of anything', { type: 'array' }, 'AWSJSON'],
    ['a tuple', { type: 'array', prefixItems: [{}], items: { type: 'string' } }, 'AWSJSON'],
    ['a list of alternatives', { type: 'array', items: { anyOf: [] } }, '[AWSJSON]'],
    ['a wrapped schema', { allOf: [{ type: 'string' }], description: 'x' }, 'String'],
  ])('for %s', (_, field, expected) => expect(typeOf(field)).toBe(expected));

  test('is JSON for references in a circle', () => {
    expect(fieldsOf(build(object({ id: { type: 'string' }, a: { $ref: '#/$defs/a' } }, { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } })), 'Order')).toContain('a: AWSJSON');
  });

  test('is the type of the order for a reference to it', () => {
    expect(fieldsOf(build(object({ id: { type: 'string' }, parts: { type: 'array', items: { $ref: '#' } } })), 'Order')).toContain('parts: [Order]');
  });
});

test('a list of JSON is converted element by element, a list that is JSON as a whole', () => {
  const { mapping } = graphqlTypes(object({ id: { type: 'string' }, many: { type: 'array', items: {} }, one: { type: 'array' } }));
  expect(mapping.types.Order.fields).toEqual({ many: '[AWSJSON]', one: 'AWSJSON' });
});

test('names of the API, of other types and of fields stay free', () => {
  const model = object({
    list: object({ a: { type: 'string' } }), List: object({ b: { type: 'string' } }), otherFields: { type: 'string' }, view: object({ c: {} }), __x: { type: 'string' },
  });
  const schema = build(model);
  expect(validateSchema(schema)).toEqual([]);
  expect(fieldsOf(schema, 'Order')).toEqual(['list: OrderList2', 'List: OrderList3', 'otherFields: String', 'view: OrderView2', 'otherFields_: AWSJSON']);
  expect(fieldsOf(schema, 'OrderList')).toEqual(['items: [OrderSummary!]!', 'nextToken: String']);
});

test.each<[string, JsonSchema]>([
  ['has alternatives only', { oneOf: [object({ id: {} })] }],
  ['has no field with a name of GraphQL', object({ 'order-number': { type: 'string' } })],
])('fails when an order %s, with the path', (_, model) => {
  expect(() => graphqlTypes(model)).toThrow('/properties: an order must be an object with at least one field whose name is a GraphQL name (letters, digits and _)');
});

describe('what an app switches off', () => {
  const names = (features: Partial<GraphqlFeatures>, type: 'Query' | 'Mutation' | 'Subscription') =>
    Object.keys((build(FLOWERS, features).getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {});

  test.each<[Partial<GraphqlFeatures>, 'Query' | 'Mutation' | 'Subscription', string[]]>([
    [{}, 'Query', ['order', 'orders', 'orderHistory', 'file', 'files', 'fileOrders']],
    [{ history: false }, 'Query', ['order', 'orders', 'file', 'files', 'fileOrders']],
    [{ files: false }, 'Query', ['order', 'orders', 'orderHistory']],
    [{}, 'Mutation', ['placeOrder', 'changeOrder', 'cancelOrder']],
    [{ changes: false, cancellations: false }, 'Mutation', ['placeOrder']],
    [{}, 'Subscription', ['orderChanged', 'customerOrdersChanged']],
    [{ subscriptions: false }, 'Subscription', []],
  ])('%j is not in %s', (features, type, expected) => expect(names(features, type)).toEqual(expected));

  test('does not change the types of the model', () => {
    const without = textOf(FLOWERS, { history: false, files: false, subscriptions: false });
    expect(without).not.toMatch(/OrderHistory|OrderFile|OrderChange\b|Subscription|subscription/);
    expect(without.slice(without.indexOf('enum OrderDeliveryDock'), without.indexOf('schema {')))
      .toBe(textOf(FLOWERS).slice(textOf(FLOWERS).indexOf('enum OrderDeliveryDock'), textOf(FLOWERS).indexOf('schema {')));
  });
});

test('the mutation that publishes is for IAM only, and is what subscriptions follow', () => {
  const text = textOf(FLOWERS, { hasTenantArgument: true }, { kind: 'appsync', access: ' @aws_iam @aws_api_key' });
  expect(text).toContain('  publishOrderChange(change: OrderChangeInput!): OrderChange @aws_iam\n');
  expect(text).toContain('  orderChanged(orderId: ID!, tenant: String): OrderChange @aws_subscribe(mutations: ["publishOrderChange"])\n');
  expect(text).toContain('type OrderChange @aws_iam @aws_api_key {');
  expect(textOf(FLOWERS)).not.toMatch(/publishOrderChange|OrderChangeInput|@aws/);
});

test('contracts/schema.graphql is the schema of the standard model for clients', () => {
  const shipped = readFileSync(join(__dirname, '../../../../contracts/schema.graphql'), 'utf8');
  expect(graphqlContractWith(STANDARD_MODEL.schema)).toEqual({ 'schema.graphql': shipped });
});

test('operators name the tenant in each field, where there are tenants', () => {
  const { Query, Mutation } = build(FLOWERS, { hasTenantArgument: true }).getTypeMap() as Record<string, GraphQLObjectType>;
  for (const field of [...Object.values(Query.getFields()), ...Object.values(Mutation.getFields())]) expect(field.args.map(({ name }) => name)).toContain('tenant');
});
