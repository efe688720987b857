import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import type { CallerSettings, GraphqlRequest } from '../../src/private/contract';
import { componentsOf } from '../../src/private/contracts/contract-model';
import { graphqlContractWith } from '../../src/private/graphql/graphql-contract';
import { STANDARD_MODEL } from '../../src/private/order-model/load-model';
import { loggedText } from '../support/captured-logs';
import { sentCommands } from '../support/command-endpoint';
import { FakeOrderIndexes } from '../support/fake-order-indexes';
import { listedOrder, minute } from '../support/listed-orders';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';
import { confirmedItem } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';

type Query = typeof import('../../handlers/resolve-graphql-query');
type Mutation = typeof import('../../handlers/resolve-graphql-mutation');

const env = (settings?: CallerSettings, more: Record<string, string> = {}) => ({
  CALLERS: settings ? JSON.stringify(settings) : '', EVENT_BUS_NAME: '', EVENT_SOURCE: '', PIPELINE_ID: '', ...more,
});
const TENANTS: CallerSettings = {
  tenant: { from: 'claim', name: 'custom:tenant' },
  customer: { from: 'claim', name: 'sub' },
  operators: [{ from: 'claim', name: 'cognito:groups', value: 'operators' }, { from: 'principal', ids: ['arn:aws:sts::1:assumed-role/backoffice'] }],
};
const query = loadHandler<Query>('resolve-graphql-query', env());
const mutation = loadHandler<Mutation>('resolve-graphql-mutation', env());
const ofTenants = { query: loadHandler<Query>('resolve-graphql-query', env(TENANTS)), mutation: loadHandler<Mutation>('resolve-graphql-mutation', env(TENANTS)) };

const table = mockClient(DynamoDBDocumentClient);
const context = { awsRequestId: 'request-1' } as Context;
const ada = { sub: 'ada', claims: { 'sub': 'ada', 'custom:tenant': 'acme' } };
const operator = { claims: { 'sub': 'oskar', 'cognito:groups': ['staff', 'operators'] } };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any response
const call = async ({ handler }: Query | Mutation, field: string, args: object, more: Partial<GraphqlRequest> = {}): Promise<any> =>
  handler({ field, arguments: args as Record<string, unknown>, ...more }, context);

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  [table, sqs, eventBridge].forEach((client) => client.reset());
  table.on(GetCommand).resolves({});
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
  acceptEvents();
});

/** Lets the table have one order: that of `customer-1`. */
const storing = (orderId = 'order-1') => table.on(GetCommand, { Key: { orderId } }).resolves({ Item: { ...confirmedItem(), orderId } });

describe('the query of an order', () => {
  test('returns its state, its fields and its JSON', async () => {
    storing();
    const { data } = await call(query, 'order', { orderId: 'order-1' });
    expect(data).toMatchObject({ orderId: 'order-1', status: 'CONFIRMED', version: 1, order: { currency: 'EUR' } });
    expect(JSON.parse(data.orderJson)).toEqual(confirmedItem().order);
    expect(data).not.toHaveProperty('revision');
  });

  test('has every field of the REST API in the schema', () => {
    const components = componentsOf(STANDARD_MODEL) as Record<string, { properties: object }>;
    const { 'schema.graphql': text } = graphqlContractWith(STANDARD_MODEL.schema);
    const fields = (type: string) => Object.keys((buildSchema(text).getType(type) as GraphQLObjectType).getFields()).filter((name) => name !== 'orderJson').sort();
    const pairs = [
      ['OrderView', 'OrderView'], ['OrderSummary', 'OrderSummary'], ['History', 'OrderHistory'], ['HistoryEntry', 'OrderHistoryEntry'], ['File', 'OrderFile'],
      ['RejectedFileOrder', 'RejectedFileOrder'], ['FieldError', 'FieldError'], ['PendingConfirmation', 'PendingConfirmation'],
    ];
    for (const [component, type] of pairs) expect([type, fields(type)]).toEqual([type, Object.keys(components[component].properties).sort()]);
  });

  test.each(['order-2', '', 'a/b'])('returns null for an order that does not exist: %j', async (orderId) => {
    expect(await call(query, 'order', { orderId })).toEqual({ data: null });
  });

  test('returns null for the order of another customer or tenant', async () => {
    storing('acme/order-1');
    const own = { identity: { claims: { 'sub': 'customer-1', 'custom:tenant': 'acme' } } };
    expect((await call(ofTenants.query, 'order', { orderId: 'order-1' }, own)).data).toMatchObject({ tenant: 'acme', orderId: 'order-1' });
    expect(await call(ofTenants.query, 'order', { orderId: 'order-1' }, { identity: ada })).toEqual({ data: null });
    expect(await call(ofTenants.query, 'order', { orderId: 'order-1' }, { identity: { claims: { 'sub': 'customer-1', 'custom:tenant': 'other' } } })).toEqual({ data: null });
  });

  test('is an error for a caller without a tenant, and for an operator who names none', async () => {
    expect(await call(ofTenants.query, 'order', { orderId: 'order-1' })).toMatchObject({ problem: { code: 'no-tenant', status: 403 } });
    expect(await call(ofTenants.query, 'order', { orderId: 'order-1' }, { identity: operator })).toMatchObject({ problem: { code: 'tenant-required', errors: [{ path: 'tenant' }] } });
  });

  test.each([['a claim', operator], ['a role', { userArn: 'arn:aws:sts::1:assumed-role/backoffice/session-7' }]])('returns the orders of all customers of a tenant to operators, known by %s', async (_, identity) => {
    storing('acme/order-1');
    expect((await call(ofTenants.query, 'order', { orderId: 'order-1', tenant: 'acme' }, { identity })).data).toMatchObject({ tenant: 'acme' });
  });

  test('publishes who read the order, when reads are audited', async () => {
    storing();
    const audited = loadHandler<Query>('resolve-graphql-query', env(undefined, { EVENT_BUS_NAME: 'bus', EVENT_SOURCE: 'orders', PIPELINE_ID: 'p' }));
    await call(audited, 'order', { orderId: 'order-1' }, { identity: { claims: { sub: 'ada' } }, correlationId: 'mine' });
    expect(publishedEvents()).toMatchObject([{ type: 'OrderRead', metadata: { correlationId: 'mine' }, data: { reader: 'ada' } }]);
  });
});

describe('the query of orders', () => {
  const orders = [1, 2, 3].map((number) => listedOrder({ orderId: `order-${number}`, placedAt: minute(number) }));
  beforeEach(() => {
    const indexes = new FakeOrderIndexes(orders);
    table.on(QueryCommand).callsFake((input) => indexes.query(input));
  });

  test('returns pages, newest first', async () => {
    const { data: first } = await call(query, 'orders', { customerId: 'customer-1', limit: 2, from: null });
    const { data: second } = await call(query, 'orders', { customerId: 'customer-1', limit: 2, nextToken: first.nextToken });
    expect([...first.items, ...second.items].map(({ orderId }: { orderId: string }) => orderId)).toEqual(['order-3', 'order-2', 'order-1']);
  });

  test('has every error of the query', async () => {
    const { problem } = await call(query, 'orders', { limit: 0, from: 'yesterday', nextToken: 'x' });
    expect(problem).toMatchObject({ code: 'invalid-query', status: 400, correlationId: 'request-1' });
    expect(problem.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['', 'from', 'limit', 'nextToken']);
  });

  test('is an error for the orders of another customer', async () => {
    expect(await call(ofTenants.query, 'orders', { customerId: 'grace' }, { identity: ada })).toMatchObject({ problem: { code: 'other-customer' } });
  });
});

test('a query of files is an error for customers', async () => {
  expect(await call(ofTenants.query, 'files', { state: 'COMPLETED' }, { identity: ada })).toMatchObject({ problem: { code: 'not-for-customers', status: 403 } });
});

describe('the filter of a subscription', () => {
  test.each<[string, object, object, object]>([
    ['orderChanged', { orderId: 'order-1' }, ada, { orderId: { eq: 'order-1' }, customerId: { eq: 'ada' }, tenant: { eq: 'acme' } }],
    ['orderChanged', { orderId: 'order-1', tenant: 'acme' }, operator, { orderId: { eq: 'order-1' }, tenant: { eq: 'acme' } }],
    ['customerOrdersChanged', { customerId: 'ada' }, ada, { customerId: { eq: 'ada' }, tenant: { eq: 'acme' } }],
    ['customerOrdersChanged', { customerId: 'grace', tenant: 'other' }, operator, { customerId: { eq: 'grace' }, tenant: { eq: 'other' } }],
  ])('of %s %j keeps to what the caller may see', async (field, args, identity, data) => {
    expect(await call(ofTenants.query, field, args, { identity: identity as Record<string, unknown> })).toEqual({ data });
  });

  test('has no more than the order where every caller sees every order', async () => {
    expect(await call(query, 'orderChanged', { orderId: 'order-1' })).toEqual({ data: { orderId: { eq: 'order-1' } } });
  });

  test.each<[string, object, object, string]>([
    ['orderChanged', { orderId: 'a/b' }, ada, 'invalid-order-id'],
    ['customerOrdersChanged', { customerId: 'grace' }, ada, 'other-customer'],
    ['orderChanged', { orderId: 'order-1' }, { claims: { sub: 'ada' } }, 'no-tenant'],
  ])('of %s %j is an error', async (field, args, identity, code) => {
    expect(await call(ofTenants.query, field, args, { identity: identity as Record<string, unknown> })).toMatchObject({ problem: { code } });
  });
});

describe('a mutation', () => {
  test('places an order as the REST API does', async () => {
    const { data } = await call(mutation, 'placeOrder', { order: sampleOrder({ orderId: 'order-1', notes: null }) }, { correlationId: 'mine' });
    expect(data).toEqual({ accepted: true, orderId: 'order-1', correlationId: 'mine', status: 'RECEIVED', errors: [] });
    expect(sentCommands()).toMatchObject([{
      schemaVersion: 1, commandType: 'PlaceOrder', orderId: 'order-1', correlationId: 'mine', channel: 'api', payload: sampleOrder({ orderId: 'order-1' }),
    }]);
    expect(sentMessages()[0]).toMatchObject({ QueueUrl: 'https://sqs.test/orders.fifo', MessageGroupId: 'order-1' });
  });

  test('places an order that is JSON, exactly', async () => {
    const order = sampleOrder({ attributes: { 'a-b': [1, null] }, shippingAddress: { street: ['x'] } });
    await call(mutation, 'placeOrder', { orderJson: JSON.stringify(order) });
    await call(mutation, 'placeOrder', { orderJson: order });
    await call(mutation, 'placeOrder', { order: { ...order, attributes: JSON.stringify(order.attributes), shippingAddress: JSON.stringify(order.shippingAddress) } });
    for (const { payload, orderId } of sentCommands()) expect(payload).toEqual({ ...order, orderId });
    expect(sentCommands()).toHaveLength(3);
  });

  test('with an idempotency key is the same command again, and another one for another caller or content', async () => {
    const change = (key: string, notes: string, sub: string) =>
      call(mutation, 'changeOrder', { orderId: 'order-1', patch: { notes }, idempotencyKey: key }, { identity: { claims: { sub } } });
    for (const [key, notes, sub] of [['k', 'a', 'ada'], ['k', 'a', 'ada'], ['k', 'a', 'grace'], ['k', 'b', 'ada'], ['l', 'a', 'ada']]) await change(key, notes, sub);
    const [first, ...rest] = sentCommands().map(({ commandId }) => commandId);
    expect(rest.map((id) => id === first)).toEqual([true, false, false, false]);
    const placed = (await call(mutation, 'placeOrder', { order: sampleOrder(), idempotencyKey: 'k' })).data.orderId;
    expect((await call(mutation, 'placeOrder', { order: sampleOrder(), idempotencyKey: 'k' })).data.orderId).toBe(placed);
  });

  test('changes and cancels an order of an expected version', async () => {
    expect((await call(mutation, 'changeOrder', { orderId: 'order-1', patch: { notes: null, attributes: '{"gift":null}' }, expectedVersion: 3 })).data.accepted).toBe(true);
    expect((await call(mutation, 'cancelOrder', { orderId: 'order-1', reason: 'late', expectedVersion: null })).data.accepted).toBe(true);
    expect(sentCommands()).toMatchObject([
      { commandType: 'ChangeOrder', payload: { patch: { notes: null, attributes: { gift: null } }, expectedVersion: 3 } },
      { commandType: 'CancelOrder', payload: { reason: 'late' } },
    ]);
    expect(sentCommands()[1].payload).not.toHaveProperty('expectedVersion');
  });

  test.each<[string, string, object, number, string, string[]]>([
    ['an order with several errors', 'placeOrder', { order: { currency: 'EURO', items: [] } }, 400, 'invalid-order', ['/currency', '/items']],
    ['an order that is given twice', 'placeOrder', { order: {}, orderJson: '{}' }, 400, 'invalid-arguments', ['']],
    ['no order', 'placeOrder', {}, 400, 'invalid-arguments', ['']],
    ['JSON that is not an order', 'placeOrder', { orderJson: '[]' }, 400, 'invalid-order', ['']],
    ['ambiguous JSON', 'placeOrder', { orderJson: '{"a":1,"a":1}' }, 400, 'invalid-json', ['/a']],
    ['a large order', 'placeOrder', { order: sampleOrder({ attributes: JSON.stringify({ x: 'x'.repeat(128 * 1024) }) }) }, 413, 'body-too-large', []],
    ['an idempotency key that is too long', 'placeOrder', { order: sampleOrder(), idempotencyKey: 'x'.repeat(256) }, 400, 'invalid-idempotency-key', []],
    ['an idempotency key of another order', 'placeOrder', { order: sampleOrder({ orderId: 'mine' }), idempotencyKey: 'x' }, 422, 'idempotency-key-conflict', ['/orderId']],
    ['a change with several errors', 'changeOrder', { orderId: 'order-1', patch: { currency: 'USD', items: [] }, expectedVersion: 0 }, 400, 'invalid-change', ['/currency', '/expectedVersion', '/items']],
    ['a change of a wrong version only', 'changeOrder', { orderId: 'order-1', patch: { notes: 'x' }, expectedVersion: -1 }, 400, 'invalid-change', ['/expectedVersion']],
    ['a change that is empty', 'changeOrder', { orderId: 'order-1', patch: {} }, 400, 'invalid-change', ['']],
    ['an order that cannot be', 'changeOrder', { orderId: 'a/b', patch: { notes: 'x' } }, 404, 'order-not-found', []],
    ['a cancellation without a reason', 'cancelOrder', { orderId: 'order-1', reason: null }, 400, 'invalid-cancellation', ['/reason']],
    ['a cancellation with several errors', 'cancelOrder', { orderId: 'order-1', expectedVersion: 0 }, 400, 'invalid-cancellation', ['/expectedVersion', '/reason']],
  ])('refuses %s with every error in the result, and sends nothing', async (_, field, args, status, code, paths) => {
    const { data, ...rest } = await call(mutation, field, args);
    expect([rest, data.accepted, data.problem.status, data.problem.type]).toEqual([{}, false, status, `urn:cdk-order-pipeline:problem:${code}`]);
    expect(data.errors.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
    expect(data.errors.every((error: object) => Object.keys(error).sort().join() === 'code,message,path')).toBe(true);
    expect(sentMessages()).toEqual([]);
  });

  test('of a customer is about their own orders', async () => {
    table.on(GetCommand, { Key: { orderId: 'acme/order-1' } }).resolves({ Item: { ...confirmedItem(), customerId: 'ada' } });
    const as = (sub: string) => ({ identity: { claims: { sub, 'custom:tenant': 'acme' } } });
    const { mutation: own } = ofTenants;
    expect((await call(own, 'cancelOrder', { orderId: 'order-1', reason: 'x' }, as('grace'))).data).toMatchObject({ accepted: false, problem: { status: 404 } });
    expect((await call(own, 'cancelOrder', { orderId: 'order-1', reason: 'x' }, as('ada'))).data).toMatchObject({ accepted: true });
    expect((await call(own, 'placeOrder', { order: { ...sampleOrder(), customerId: 'grace' } }, as('ada'))).data).toMatchObject({ problem: { status: 403 }, errors: [{ code: 'OTHER_CUSTOMER' }] });
    expect((await call(own, 'placeOrder', { order: { ...sampleOrder(), orderId: 'mine' } }, as('ada'))).data.errors).toMatchObject([{ code: 'ORDER_ID_ASSIGNED' }]);
    const placed = await call(own, 'placeOrder', { order: sampleOrder({ customerId: null }) }, as('ada'));
    expect(placed.data.accepted).toBe(true);
    expect(sentCommands()).toMatchObject([{ commandType: 'CancelOrder', tenant: 'acme' }, { tenant: 'acme', payload: { customerId: 'ada' } }]);
    expect((await call(own, 'placeOrder', { order: sampleOrder() })).data.problem).toMatchObject({ status: 403 });
  });

  test('fails the invocation, without the cause, when the queue is not available', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('secret of the order'));
    await expect(call(mutation, 'placeOrder', { order: sampleOrder({ notes: 'secret' }) })).rejects.toThrow('the request failed; its log entry has the name of the error');
    expect(loggedText()).not.toContain('secret');
    expect(loggedText()).toContain('request failed');
  });
});

test('the context of a Lambda authorizer identifies the caller and the tenant', async () => {
  const handlers = loadHandler<Mutation>('resolve-graphql-mutation', env({ tenant: { from: 'context', name: 'tenant' } }));
  const place = (principalId: string) => call(handlers, 'placeOrder', { order: sampleOrder(), idempotencyKey: 'k' }, { identity: { resolverContext: { tenant: 'acme', principalId } } });
  const [one, other] = [await place('a'), await place('b')];
  expect(one.data.orderId).not.toBe(other.data.orderId);
  expect(sentCommands()).toMatchObject([{ tenant: 'acme' }, { tenant: 'acme' }]);
});
