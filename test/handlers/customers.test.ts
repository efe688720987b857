import '../support/handler-env';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type { CallerSettings } from '../../src/private/contract';
import { apiRequest } from '../support/api-request';
import '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { confirmedItem, rejectedItem } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';

const CALLERS: CallerSettings = {
  customer: { from: 'claim', name: 'sub' }, operators: [{ from: 'claim', name: 'cognito:groups', value: 'operators' }],
};

type Handler = { handler: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> };
const load = (name: string): Handler => loadHandler<Handler>(name, {
  CALLERS: JSON.stringify(CALLERS), ORDERS_TABLE_NAME: 'orders-table', EVENT_BUS_NAME: '', EVENT_SOURCE: '',
});
const [receiveOrder, change, cancel, queryOrders, queryEvents, queryFiles] = [
  'receive-order', 'receive-order-change', 'receive-order-cancellation', 'query-orders', 'query-order-events', 'query-files',
].map(load);

const table = mockClient(DynamoDBDocumentClient);
const history = mockClient(DynamoDBClient);

beforeEach(() => {
  [table, history, sqs].forEach((client) => client.reset());
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
  table.on(GetCommand).resolves({});
  table.on(QueryCommand).resolves({ Items: [] });
});

const OWN = 'customer-1';
const OPERATOR = { 'sub': 'someone', 'cognito:groups': 'operators' };

async function call({ handler }: Handler, claims: object, changes: Record<string, unknown> = {}) {
  const { body = null, ...others } = changes;
  const { statusCode, body: text } = await handler(apiRequest({
    pathParameters: { orderId: 'order-1' },
    headers: { 'Content-Type': 'application/json' },
    ...others,
    body: body === null ? null : JSON.stringify(body),
    requestContext: { requestId: 'request-1', authorizer: { claims } },
  }));
  return { status: statusCode, body: JSON.parse(text) };
}

const payload = () => JSON.parse(sentMessages()[0].MessageBody!).payload;
const place = (claims: object, order: object) => call(receiveOrder, claims, { httpMethod: 'POST', pathParameters: null, body: order });

describe('a placement', () => {
  const { customerId, ...order } = sampleOrder();

  test('gets the customer ID of the caller', async () => {
    expect(await place({ sub: 'customer-7' }, order)).toMatchObject({ status: 202 });
    expect(payload().customerId).toBe('customer-7');
  });

  test('may have it already, but not that of another customer', async () => {
    expect(await place({ sub: OWN }, sampleOrder())).toMatchObject({ status: 202 });
    expect(await place({ sub: 'customer-2' }, sampleOrder())).toMatchObject({ status: 403, body: { errors: [{ path: '/customerId', code: 'OTHER_CUSTOMER' }] } });
    expect(sentMessages()).toHaveLength(1);
  });

  test('has no order ID of the customer\'s choice: it could be that of another order', async () => {
    expect(await place({ sub: 'customer-7' }, { ...order, orderId: 'order-1' }))
      .toMatchObject({ status: 400, body: { errors: [{ path: '/orderId', code: 'ORDER_ID_ASSIGNED' }] } });
    expect(await call(receiveOrder, { sub: 'customer-7' }, {
      httpMethod: 'POST', pathParameters: null, body: { ...order, orderId: 'order-1' }, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1' },
    })).toMatchObject({ status: 400, body: { type: 'urn:cdk-order-pipeline:problem:order-id-assigned' } });
    expect(sentMessages()).toEqual([]);
    expect(await place(OPERATOR, sampleOrder({ orderId: 'order-1' }))).toMatchObject({ status: 202, body: { orderId: 'order-1' } });
  });

  test('with the same idempotency key is another order for another customer', async () => {
    const idOf = async (sub: string) => (await call(receiveOrder, { sub }, {
      httpMethod: 'POST', pathParameters: null, body: order, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1' },
    })).body.orderId;
    expect(await idOf('customer-1')).toBe(await idOf('customer-1'));
    expect(await idOf('customer-2')).not.toBe(await idOf('customer-1'));
  });

  test('of an operator may be for any customer', async () => {
    expect(await place(OPERATOR, sampleOrder())).toMatchObject({ status: 202 });
    expect(payload().customerId).toBe(OWN);
  });
});

describe.each([
  ['a change', change, { httpMethod: 'PATCH', body: { notes: 'x' } }],
  ['a cancellation', cancel, { httpMethod: 'POST', body: { reason: 'too late' } }],
])('%s', (_, handler, request) => {
  test('is accepted for an order of the customer, whether placed or rejected', async () => {
    for (const Item of [confirmedItem(), { ...rejectedItem(), customerId: OWN }]) {
      table.on(GetCommand).resolves({ Item });
      expect((await call(handler, { sub: OWN }, request)).status).toBe(202);
    }
  });

  test('is answered by the same 404 for the order of another customer, one that is awaited, and one that does not exist', async () => {
    const answers = [];
    for (const Item of [confirmedItem(), { orderId: 'order-1', status: 'AWAITED', version: 0, revision: 1, sequence: 0 }, undefined]) {
      table.on(GetCommand).resolves({ Item });
      answers.push(await call(handler, { sub: 'customer-2' }, request));
    }
    expect(answers[0]).toMatchObject({ status: 404, body: { type: 'urn:cdk-order-pipeline:problem:order-not-found' } });
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(sentMessages()).toEqual([]);
  });

  test('of an operator is accepted for any order', async () => {
    expect((await call(handler, OPERATOR, request)).status).toBe(202);
  });

  test('reads the order strongly consistent', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });
    await call(handler, { sub: OWN }, request);
    expect(table.commandCalls(GetCommand)[0].args[0].input).toMatchObject({ TableName: 'orders-table', Key: { orderId: 'order-1' }, ConsistentRead: true });
  });
});

describe('reading', () => {
  test.each([['an order', queryOrders], ['its events', queryEvents]])('%s of another customer is answered by 404', async (_, handler) => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });
    expect((await call(handler, { sub: 'customer-2' })).status).toBe(404);
  });

  test('an own order, and any order as an operator, is possible', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });
    expect(await call(queryOrders, { sub: OWN })).toMatchObject({ status: 200, body: { customerId: OWN } });
    expect((await call(queryOrders, OPERATOR)).status).toBe(200);
  });

  test.each([null, { customerId: OWN }, { status: 'CONFIRMED' }])('lists the orders of the customer for the query %j', async (queryStringParameters) => {
    expect((await call(queryOrders, { sub: OWN }, { pathParameters: null, queryStringParameters })).status).toBe(200);
    for (const { args: [{ input }] } of table.commandCalls(QueryCommand)) {
      expect(input).toMatchObject({ IndexName: 'byCustomer', ExpressionAttributeValues: { ':key': expect.stringMatching(/^customer-1#\d$/) } });
    }
  });

  test('lists of another customer are refused, and so are those by an external reference, which may be of another customer', async () => {
    const list = (query: object) => call(queryOrders, { sub: OWN }, { pathParameters: null, queryStringParameters: query });
    expect(await list({ customerId: 'customer-2' })).toMatchObject({ status: 403, body: { errors: [{ path: 'customerId', code: 'OTHER_CUSTOMER' }] } });
    expect(await list({ externalReference: 'PO-1' })).toMatchObject({ status: 400, body: { errors: [{ path: 'externalReference', code: 'INVALID_COMBINATION' }] } });
    expect(table.commandCalls(QueryCommand)).toEqual([]);
  });

  test('a page token of one customer is not valid for another', async () => {
    table.on(QueryCommand).resolves({ Items: [{ ...confirmedItem(), listKey: '2026-01-31T12:00:00.000Z#order-1' }], LastEvaluatedKey: { listKey: '2026-01-31T12:00:00.000Z#order-1' } });
    const list = (sub: string, query: object) => call(queryOrders, { sub }, { pathParameters: null, queryStringParameters: { status: 'CONFIRMED', ...query } });
    const { nextToken } = (await list(OWN, {})).body;
    expect((await list(OWN, { nextToken })).status).toBe(200);
    expect(await list('customer-2', { nextToken })).toMatchObject({ status: 400, body: { errors: [{ path: 'nextToken', code: 'INVALID_TOKEN' }] } });
  });

  test.each([{}, { pathParameters: null, queryStringParameters: { state: 'COMPLETED' } }])('files is for operators only', async (request) => {
    expect(await call(queryFiles, { sub: OWN }, { pathParameters: { fileId: '0'.repeat(32) }, ...request }))
      .toMatchObject({ status: 403, body: { type: 'urn:cdk-order-pipeline:problem:not-for-customers' } });
  });
});

test('a caller without a customer ID is refused before anything is read or sent', async () => {
  for (const [handler, request] of [[receiveOrder, { httpMethod: 'POST', body: sampleOrder() }], [change, { body: { notes: 'x' } }], [queryOrders, {}], [queryFiles, {}]] as const) {
    expect(await call(handler, {}, request)).toMatchObject({ status: 403, body: { type: 'urn:cdk-order-pipeline:problem:no-customer' } });
  }
  expect([table.calls(), history.calls(), sqs.calls()]).toEqual([[], [], []]);
});
