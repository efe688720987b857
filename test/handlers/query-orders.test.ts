import '../support/handler-env';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { IndexedOrder } from '#shared';
import { apiRequest, getOrder } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeOrderIndexes } from '../support/fake-order-indexes';
import { listedOrder, minute } from '../support/listed-orders';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, putEventsRequests, publishedEvents } from '../support/published-events';
import { confirmedItem, orderRejected, orderValidated, rejectedItem, SAMPLE_TIME, sampleDocument, sampleFacts } from '../support/sample-messages';
import { tampered } from '../support/tampered';

type Handler = typeof import('../../handlers/query-orders');
const withoutEvent = loadHandler<Handler>('query-orders', { EVENT_BUS_NAME: '', EVENT_SOURCE: '' });
const audited = loadHandler<Handler>('query-orders', { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'shop.orders' });

const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  [table, eventBridge].forEach((client) => client.reset());
  table.on(GetCommand).resolves({});
  listing();
  acceptEvents();
});

/** Lets the table have these orders for lists. */
const listing = (...orders: IndexedOrder[]) => {
  const indexes = new FakeOrderIndexes(orders);
  table.on(QueryCommand).callsFake((input) => indexes.query(input));
};

const { handler } = withoutEvent;
const getOrders = (queryStringParameters: Record<string, string> | null) => apiRequest({ queryStringParameters });

const answerTo = async (event: Parameters<typeof handler>[0], { handler: handle }: Handler = withoutEvent) => {
  const { statusCode, headers = {}, body } = await handle(event);
  return { statusCode, headers, body: JSON.parse(body) };
};

describe('an existing order', () => {
  test('is returned with 200 and its version as ETag', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });

    expect(await answerTo(getOrder('order-1'))).toMatchObject({
      statusCode: 200, headers: { 'ETag': '"1"', 'Content-Type': 'application/json', 'X-Correlation-Id': 'request-1' },
    });
  });

  test('is returned with its state, without internal attributes', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });

    expect((await answerTo(getOrder('order-1'))).body).toEqual({
      orderId: 'order-1', ...sampleFacts(sampleDocument()), order: sampleDocument(), status: 'CONFIRMED', version: 1, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME,
    });
  });

  test('is read with strong consistency', async () => {
    await handler(getOrder('order-1'));

    expect(table.commandCalls(GetCommand)[0].args[0].input).toEqual({ TableName: 'orders-table', Key: { orderId: 'order-1' }, ConsistentRead: true });
  });
});

test('a rejected order is returned with the reasons', async () => {
  table.on(GetCommand).resolves({ Item: rejectedItem(orderRejected(), new Date()) });

  const { statusCode, body } = await answerTo(getOrder('order-1'));
  expect(statusCode).toBe(200);
  expect(body).toMatchObject({ status: 'REJECTED', rejection: { code: 'INVALID_ORDER', errors: [{ path: '/total' }] } });
  expect(Object.keys(body)).not.toContain('expiresAt');
  expect(Object.keys(body)).not.toContain('lastCommand');
});

describe('an order that does not exist', () => {
  test('fails with 404 when it was never placed', async () => {
    expect(await answerTo(getOrder('order-1'))).toMatchObject({
      statusCode: 404, body: { type: 'urn:cdk-order-pipeline:problem:order-not-found', title: 'Not Found', correlationId: 'request-1' },
    });
  });

  test('fails with 404 when its rejection has expired, even before the table deletes it', async () => {
    table.on(GetCommand).resolves({ Item: rejectedItem(orderRejected(), new Date(0)) });

    expect(await answerTo(getOrder('order-1'))).toMatchObject({ statusCode: 404 });
  });

  test.each(['', 'an id', 'a/b', 'x'.repeat(65), 'order-1\n', '<script>'])('fails with 404 when the ID %j is invalid, without a table request', async (id) => {
    expect(await answerTo(getOrder(id))).toMatchObject({ statusCode: 404 });
    expect(table.calls()).toHaveLength(0);
  });

  test('fails with 404 when it has only pending commands', async () => {
    table.on(GetCommand).resolves({ Item: { orderId: 'order-1', status: 'AWAITED', version: 0, revision: 1, sequence: 0 } });

    expect(await answerTo(getOrder('order-1'))).toMatchObject({ statusCode: 404 });
  });
});

describe('a list of orders', () => {
  const messageIdsOf = ({ items }: { items: { orderId: string }[] }) => items.map(({ orderId }) => orderId);

  test('contains summaries of a customer\'s orders, newest first', async () => {
    listing(listedOrder({ orderId: 'a', createdAt: minute(1) }), listedOrder({ orderId: 'b', createdAt: minute(2) }), listedOrder({ orderId: 'c', customerId: 'x' }));

    const { statusCode, headers, body } = await answerTo(getOrders({ customerId: 'customer-1' }));
    expect([statusCode, headers]).toMatchObject([200, { 'Content-Type': 'application/json', 'X-Correlation-Id': 'request-1' }]);
    expect(body).toEqual({
      items: [
        { orderId: 'b', customerId: 'customer-1', status: 'CONFIRMED', version: 1, currency: 'EUR', total: 7, createdAt: minute(2), updatedAt: minute(2) },
        { orderId: 'a', customerId: 'customer-1', status: 'CONFIRMED', version: 1, currency: 'EUR', total: 7, createdAt: minute(1), updatedAt: minute(1) },
      ],
    });
  });

  test('contains the orders in a status, of all customers or of one', async () => {
    listing(
      listedOrder({ orderId: 'a', status: 'CANCELLED' }), listedOrder({ orderId: 'b', status: 'CANCELLED', customerId: 'x' }), listedOrder({ orderId: 'c' }),
    );

    expect(messageIdsOf((await answerTo(getOrders({ status: 'CANCELLED' }))).body)).toEqual(['b', 'a']);
    expect(messageIdsOf((await answerTo(getOrders({ status: 'CANCELLED', customerId: 'x' }))).body)).toEqual(['b']);
  });

  test('contains the orders with an external reference, of any customer, newest first', async () => {
    listing(
      listedOrder({ orderId: 'a', externalReference: '#1001', createdAt: minute(1) }),
      listedOrder({ orderId: 'b', externalReference: '#1001', createdAt: minute(2), customerId: 'x', status: 'CANCELLED' }),
      listedOrder({ orderId: 'c', externalReference: '#1002' }),
      listedOrder({ orderId: 'd' }),
    );

    const { body } = await answerTo(getOrders({ externalReference: '#1001' }));
    expect(messageIdsOf(body)).toEqual(['b', 'a']);
    expect(body.items[1]).toMatchObject({ externalReference: '#1001', customerId: 'customer-1' });
    expect(messageIdsOf((await answerTo(getOrders({ externalReference: '#1001', status: 'CANCELLED' }))).body)).toEqual(['b']);
    expect((await answerTo(getOrders({ externalReference: 'DE-2024/0815' }))).body).toEqual({ items: [] });
  });

  test('fails with 400 when an external reference is combined with a customer', async () => {
    expect(await answerTo(getOrders({ externalReference: '#1001', customerId: 'customer-1' }))).toMatchObject({
      statusCode: 400, body: { errors: [{ path: 'externalReference', code: 'INVALID_COMBINATION' }] },
    });
  });

  test('is sorted by the time at which an order was placed, or, without one, confirmed', async () => {
    listing(
      listedOrder({ orderId: 'first', createdAt: minute(9), placedAt: minute(1) }),
      listedOrder({ orderId: 'last', createdAt: minute(2), placedAt: minute(5) }),
      listedOrder({ orderId: 'between', createdAt: minute(3) }),
    );

    expect(messageIdsOf((await answerTo(getOrders({ customerId: 'customer-1' }))).body)).toEqual(['last', 'between', 'first']);
    expect(messageIdsOf((await answerTo(getOrders({ status: 'CONFIRMED', from: minute(3) }))).body)).toEqual(['last', 'between']);
  });

  test('contains 25 orders by default', async () => {
    listing(...Array.from({ length: 120 }, (_, n) => listedOrder({ orderId: `order-${n}`, createdAt: minute(n) })));

    for (const query of [{ customerId: 'customer-1' }, { status: 'CONFIRMED' }] as Record<string, string>[]) {
      expect((await answerTo(getOrders(query))).body.items).toHaveLength(25);
      expect((await answerTo(getOrders({ ...query, limit: '100' }))).body.items).toHaveLength(100);
      expect(messageIdsOf((await answerTo(getOrders({ ...query, limit: '1' }))).body)).toEqual(['order-119']);
    }
  });

  test('continues with the token of the previous page until the end', async () => {
    listing(...[1, 2, 3].map((n) => listedOrder({ orderId: `order-${n}`, createdAt: minute(n) })));
    const { body: first } = await answerTo(getOrders({ status: 'CONFIRMED', limit: '2' }));
    const { body: second } = await answerTo(getOrders({ status: 'CONFIRMED', limit: '2', nextToken: first.nextToken }));

    expect([first, second].map(messageIdsOf)).toEqual([['order-3', 'order-2'], ['order-1']]);
    expect(second).not.toHaveProperty('nextToken');
  });

  test('omits rejected orders after their retention period, and still has a nextToken', async () => {
    listing(
      listedOrder({ orderId: 'a', createdAt: minute(1), status: 'REJECTED' }),
      listedOrder({ orderId: 'b', createdAt: minute(2), status: 'REJECTED', visibleUntil: 1 }),
    );

    const { body } = await answerTo(getOrders({ status: 'REJECTED', limit: '1' }));
    expect(body.items).toEqual([]);
    expect(messageIdsOf((await answerTo(getOrders({ status: 'REJECTED', limit: '1', nextToken: body.nextToken }))).body)).toEqual(['a']);
  });

  test('fails with 400 and all errors when the query is missing or invalid, without a table request', async () => {
    expect(await answerTo(getOrders(null))).toMatchObject({ statusCode: 400, body: { errors: [{ path: '', code: 'REQUIRED' }] } });
    expect(await answerTo(getOrders({ status: 'x', limit: '0', nextToken: 'x', colour: 'red' }))).toMatchObject({
      statusCode: 400,
      body: {
        type: 'urn:cdk-order-pipeline:problem:invalid-query', errors: [{ path: 'status' }, { path: 'limit' }, { path: 'nextToken' }, { path: 'colour' }],
      },
    });
    expect(table.calls()).toHaveLength(0);
  });

  test('fails with 400 when any character of its token is changed, or the token is for another list', async () => {
    listing(listedOrder({ orderId: 'a' }));
    const { body: { nextToken } } = await answerTo(getOrders({ customerId: 'customer-1', limit: '1' }));

    for (const other of tampered(nextToken)) {
      expect((await answerTo(getOrders({ customerId: 'customer-1', nextToken: other }))).statusCode).toBe(400);
    }
    expect((await answerTo(getOrders({ customerId: 'customer-2', nextToken }))).statusCode).toBe(400);
    expect((await answerTo(getOrders({ customerId: 'customer-1', nextToken }))).statusCode).toBe(200);
  });

  test('is logged without the customer', async () => {
    listing(listedOrder({ orderId: 'a', customerId: 'canary' }));
    await answerTo(getOrders({ customerId: 'canary' }));

    expect(loggedEntries()[0].outcomes).toEqual([{ outcome: 'OrdersListed', correlationId: 'request-1' }]);
    expect(loggedText()).not.toContain('canary');
  });
});

describe('when reads are audited', () => {
  const by = (event: object) => ({ ...event, requestContext: { requestId: 'request-7', identity: { apiKeyId: 'caller-7' } } }) as never;

  test('an event names the reader and the version of an order', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });

    expect(await answerTo(by(getOrder('order-1')), audited)).toMatchObject({ statusCode: 200 });
    expect(publishedEvents()).toMatchObject([{
      type: 'OrderRead',
      metadata: { orderId: 'order-1', version: 1, commandId: 'request-7', causationId: 'request-7', sequence: 0, channel: 'api' },
      data: { reader: 'caller-7' },
    }]);
    expect(putEventsRequests()).toMatchObject([[{ EventBusName: 'orders-bus', Source: 'shop.orders' }]]);
  });

  test('an event is published for every order in a list, and for no other', async () => {
    const shown = Array.from({ length: 23 }, (_, n) => listedOrder({ orderId: `order-${n}` }));
    listing(...shown, listedOrder({ orderId: 'forgotten', status: 'REJECTED', visibleUntil: 1 }), listedOrder({ orderId: 'elsewhere', customerId: 'x' }));
    const { body } = await answerTo(getOrders({ customerId: 'customer-1' }), audited);

    const published = publishedEvents();
    expect(body.items).toHaveLength(23);
    expect(published.map(({ metadata }) => metadata.orderId).sort()).toEqual(shown.map(({ orderId }) => orderId).sort());
    expect(new Set(published.map(({ metadata }) => metadata.eventId)).size).toBe(23);
  });

  test('fails with 503 when one event cannot be published: nothing is returned', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });
    listing(...[1, 2, 3].map((n) => listedOrder({ orderId: `order-${n}` })));

    for (const event of [getOrder('order-1'), getOrders({ status: 'CONFIRMED' })]) {
      acceptEvents(({ metadata }) => metadata.orderId === 'order-1');
      const { statusCode, headers, body } = await answerTo(event, audited);
      expect([statusCode, headers]).toMatchObject([503, { 'Retry-After': '1' }]);
      expect(Object.keys(body).sort()).toEqual(['correlationId', 'detail', 'status', 'title', 'type']);
    }
  });

  test('no event is published for an order that does not exist, or for an empty list', async () => {
    expect(await answerTo(getOrder('order-1'), audited)).toMatchObject({ statusCode: 404 });
    expect(await answerTo(getOrders({ status: 'CONFIRMED' }), audited)).toMatchObject({ statusCode: 200 });
    expect(publishedEvents()).toEqual([]);
  });
});

test('no event is published when reads are not audited', async () => {
  table.on(GetCommand).resolves({ Item: confirmedItem() });
  listing(listedOrder({ orderId: 'a' }));
  for (const event of [getOrder('order-1'), getOrders({ status: 'CONFIRMED' })]) expect(await answerTo(event)).toMatchObject({ statusCode: 200 });

  expect(publishedEvents()).toEqual([]);
});

test('fails with 503 and Retry-After when the table is unavailable', async () => {
  for (const command of [GetCommand, QueryCommand]) table.on(command as never).rejects(Object.assign(new Error('down'), { name: 'TimeoutError' }));

  for (const event of [getOrder('order-1'), getOrders({ customerId: 'customer-1' }), getOrders({ status: 'CONFIRMED' })]) {
    expect(await answerTo(event)).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  }
  expect(loggedEntries().map(({ errorName }) => errorName)).toEqual(['TimeoutError', 'TimeoutError', 'TimeoutError']);
});

test('the log contains no content of orders', async () => {
  table.on(GetCommand).resolves({ Item: confirmedItem(orderValidated({}, { customerId: 'canary', notes: 'canary' })) });
  await handler(getOrder('order-1'));

  expect(loggedText()).not.toContain('canary');
});
