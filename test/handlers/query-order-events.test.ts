import '../support/handler-env';
import { createHash } from 'node:crypto';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { historyListKey, type HistoryRecord } from '#shared';
import { apiRequest } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeHistoryTable } from '../support/fake-history-table';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';
import { tampered } from '../support/tampered';

type Handler = typeof import('../../handlers/query-order-events');
const withoutEvent = loadHandler<Handler>('query-order-events', { EVENT_BUS_NAME: '', EVENT_SOURCE: '' });
const audited = loadHandler<Handler>('query-order-events', { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'shop.orders' });

const table = mockClient(DynamoDBClient);
let history: FakeHistoryTable;

beforeEach(() => {
  [table, eventBridge].forEach((client) => client.reset());
  history = new FakeHistoryTable();
  table.on(QueryCommand).callsFake((input) => history.query(input));
  acceptEvents();
});

type Query = Record<string, string> | null;
const getEvents = (orderId: string, queryStringParameters: Query = null) => apiRequest({ pathParameters: { orderId }, queryStringParameters });
const answerTo = async (event: Parameters<Handler['handler']>[0], { handler }: Handler = withoutEvent) => {
  const { statusCode, headers = {}, body } = await handler(event);
  return { statusCode, headers, body: JSON.parse(body) };
};

const record = (n: number, changes: Partial<HistoryRecord> = {}): HistoryRecord => withListKey({
  orderId: 'order-1',
  eventId: `event-${n}`,
  occurredAt: `2026-01-31T12:00:00.00${n}Z`,
  type: 'OrderChanged',
  metadata: { orderId: 'order-1', version: n, sequence: n, commandId: `command-${n}`, correlationId: 'r', causationId: 'e', channel: 'api' },
  data: { n },
  ...changes,
});
const withListKey = (event: Omit<HistoryRecord, 'listKey'>): HistoryRecord => ({ ...event, listKey: historyListKey(event) });
const messageIdsOf = ({ items }: { items: { eventId: string }[] }) => items.map(({ eventId }) => Number(eventId.slice(6)));

describe('the events of an order', () => {
  test('are returned oldest first, regardless of the order in which they were recorded', async () => {
    history.records.push(record(3), record(1), record(2), record(9, { orderId: 'order-2' }));

    const { statusCode, headers, body } = await answerTo(getEvents('order-1'));
    expect([statusCode, headers]).toMatchObject([200, { 'Content-Type': 'application/json', 'X-Correlation-Id': 'request-1' }]);
    expect(body).toMatchObject({ orderId: 'order-1', items: [{ eventId: 'event-1' }, { eventId: 'event-2' }, { eventId: 'event-3' }] });
    expect(body).not.toHaveProperty('nextToken');
  });

  test('are returned with type, time, data and origin', async () => {
    history.records.push(record(1));

    expect((await answerTo(getEvents('order-1'))).body.items).toEqual([{
      eventId: 'event-1',
      type: 'OrderChanged',
      occurredAt: '2026-01-31T12:00:00.001Z',
      version: 1,
      sequence: 1,
      commandId: 'command-1',
      correlationId: 'r',
      causationId: 'e',
      channel: 'api',
      data: { n: 1 },
    }]);
  });

  test('are read page by page, each once, including events of the same millisecond', async () => {
    history.records.push(...[5, 4, 3, 2, 1].map((n) => record(n, { occurredAt: `2026-01-31T12:00:00.00${Math.floor(n / 3)}Z` })));
    const pages: number[][] = [];
    let query: Query = { limit: '2' };
    while (query && pages.length < 9) {
      const { body } = await answerTo(getEvents('order-1', query));
      pages.push(messageIdsOf(body));
      query = body.nextToken ? { limit: '2', nextToken: body.nextToken } : null;
    }

    expect(pages).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('of one millisecond are returned by sequence, then by version', async () => {
    const busy = Array.from({ length: 240 }, (_, n) => {
      const [sequence, version] = [1 + Math.floor(n / 2), Math.floor((n + 1) / 2)];
      const eventId = createHash('sha256').update(String(n)).digest('hex').slice(0, 32);
      return record(1, { eventId, metadata: { orderId: 'order-1', sequence, version }, data: { n } });
    });
    history.records.push(...[...busy].sort((one, other) => (one.eventId < other.eventId ? -1 : 1)));
    const shown: unknown[] = [];
    let query: Query = { limit: '7' };
    while (query) {
      const { body } = await answerTo(getEvents('order-1', query));
      shown.push(...body.items.map(({ sequence, version }: { sequence: number; version: number }) => [sequence, version]));
      query = body.nextToken ? { limit: '7', nextToken: body.nextToken } : null;
    }

    expect(shown).toEqual(busy.map(({ metadata: { sequence, version } }) => [sequence, version]));
  });

  test('of other systems, which have no sequence, are returned first in their millisecond', async () => {
    const theirs = [{ sequence: '9' }, { sequence: -1 }, { sequence: 1.5 }, { version: -3 }, {}].map((metadata, n) => record(1, { eventId: `event-${n}`, metadata }));
    history.records.push(record(7, { occurredAt: theirs[0].occurredAt }), ...theirs, record(8, { occurredAt: '2026-01-31T11:59:59.999Z' }));

    expect(messageIdsOf((await answerTo(getEvents('order-1'))).body)).toEqual([8, 0, 1, 2, 3, 4, 7]);
  });

  test('are read in one request, without the positions of events of other systems', async () => {
    history.records.push(record(1), record(2));
    history.positions.push({ orderId: 'order-1', listKey: 'position#event-1', position: record(1).listKey });

    const { body } = await answerTo(getEvents('order-1', { limit: '3' }));
    expect(messageIdsOf(body)).toEqual([1, 2]);
    expect(body).not.toHaveProperty('nextToken');
    expect(table.calls()).toHaveLength(1);
  });

  test('are returned without contents that were omitted, and with the reason', async () => {
    const { data, ...rest } = record(1, { omitted: { reason: 'TOO_LARGE', bytes: 500_000 } });
    history.records.push(rest);

    const [item] = (await answerTo(getEvents('order-1'))).body.items;
    expect(item).toMatchObject({ eventId: 'event-1', type: 'OrderChanged', version: 1, omitted: { reason: 'TOO_LARGE', bytes: 500_000 } });
    expect(item).not.toHaveProperty('data');
  });

  test.each(['__proto__', 'constructor'])('are returned with the key %s', async (key) => {
    history.records.push(record(1, { data: JSON.parse(`{"${key}":{"a":1}}`) }));

    expect((await withoutEvent.handler(getEvents('order-1'))).body).toContain(`"data":{"${key}":{"a":1}}`);
  });

  test('are omitted after they expire, even before the table deletes them', async () => {
    history.records.push(record(1, { expiresAt: 1 }), record(2, { expiresAt: 4_102_444_800 }), record(3));

    expect(messageIdsOf((await answerTo(getEvents('order-1'))).body)).toEqual([2, 3]);
  });

  test('can follow a page on which all events have expired', async () => {
    history.records.push(record(1, { expiresAt: 1 }), record(2));
    const { statusCode, body } = await answerTo(getEvents('order-1', { limit: '1' }));

    expect([statusCode, body.items]).toEqual([200, []]);
    expect(messageIdsOf((await answerTo(getEvents('order-1', { limit: '1', nextToken: body.nextToken }))).body)).toEqual([2]);
  });

  test('end with an empty page, not with 404, when the previous page was full', async () => {
    history.records.push(record(1));
    const { body: { nextToken } } = await answerTo(getEvents('order-1', { limit: '1' }));

    expect(await answerTo(getEvents('order-1', { limit: '1', nextToken }))).toMatchObject({ statusCode: 200, body: { orderId: 'order-1', items: [] } });
  });
});

describe('an order without events', () => {
  test('fails with 404 when none was recorded, or all have expired', async () => {
    const answer = { statusCode: 404, body: { type: 'urn:cdk-order-pipeline:problem:order-not-found' } };
    expect(await answerTo(getEvents('order-1'))).toMatchObject(answer);
    history.records.push(record(1, { expiresAt: 1 }));
    expect(await answerTo(getEvents('order-1'))).toMatchObject(answer);
  });

  test.each(['', 'an id', 'a/b', 'x'.repeat(65), 'order-1\n', '<script>'])('fails with 404 when the ID %j is invalid, without a table request', async (id) => {
    expect(await answerTo(getEvents(id))).toMatchObject({ statusCode: 404 });
    expect(table.calls()).toHaveLength(0);
  });
});

describe('an invalid query', () => {
  test('fails with 400 and all errors, without a table request', async () => {
    expect(await answerTo(getEvents('order-1', { limit: '101', nextToken: 'x', from: 'x' }))).toMatchObject({
      statusCode: 400,
      body: {
        type: 'urn:cdk-order-pipeline:problem:invalid-query',
        errors: [{ path: 'limit', code: 'INVALID_LIMIT' }, { path: 'nextToken', code: 'INVALID_TOKEN' }, { path: 'from', code: 'UNKNOWN_PARAMETER' }],
      },
    });
    expect(table.calls()).toHaveLength(0);
  });

  test('fails with 400 when the token is for another order, or any of its characters is changed', async () => {
    history.records.push(record(1));
    const { body: { nextToken } } = await answerTo(getEvents('order-1', { limit: '1' }));

    expect(await answerTo(getEvents('order-2', { nextToken }))).toMatchObject({ statusCode: 400 });
    for (const other of tampered(nextToken)) expect((await answerTo(getEvents('order-1', { nextToken: other }))).statusCode).toBe(400);
  });
});

describe('when reads are audited', () => {
  const reader = { requestContext: { requestId: 'request-7', identity: { apiKeyId: 'caller-7' } } };

  test('an event names the reader of the history and the newest version in it', async () => {
    history.records.push(record(1), record(3), record(2), record(4, { metadata: { version: 'x' } }));

    expect(await answerTo({ ...getEvents('order-1'), ...reader } as never, audited)).toMatchObject({ statusCode: 200 });
    expect(publishedEvents()).toMatchObject([{ type: 'OrderRead', metadata: { orderId: 'order-1', commandId: 'request-7', version: 3 }, data: { reader: 'caller-7' } }]);
  });

  test('fails with 503 when the event cannot be published: nothing is returned', async () => {
    history.records.push(record(1));
    acceptEvents(() => true);

    const { statusCode, headers, body } = await answerTo(getEvents('order-1'), audited);
    expect([statusCode, headers]).toMatchObject([503, { 'Retry-After': '1' }]);
    expect(body).not.toHaveProperty('items');
  });

  test('no event is published when nothing is found', async () => {
    expect(await answerTo(getEvents('order-1'), audited)).toMatchObject({ statusCode: 404 });
    expect(publishedEvents()).toEqual([]);
  });
});

test('no event is published when reads are not audited', async () => {
  history.records.push(record(1));
  await answerTo(getEvents('order-1'));

  expect(publishedEvents()).toEqual([]);
});

test('fails with 503 and Retry-After when the table is unavailable', async () => {
  table.on(QueryCommand).rejects(Object.assign(new Error('canary'), { name: 'TimeoutError' }));

  expect(await answerTo(getEvents('order-1'))).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  expect(loggedEntries()).toEqual([expect.objectContaining({ errorName: 'TimeoutError' })]);
});

test('the log contains the order ID and no content of its events', async () => {
  history.records.push(record(1, { data: { canary: 'canary' }, type: 'canary' }));
  await answerTo(getEvents('order-1'));

  expect(loggedEntries()[0].outcomes).toEqual([{ outcome: 'OrderHistoryRead', orderId: 'order-1', correlationId: 'request-1' }]);
  expect(loggedText()).not.toContain('canary');
});
