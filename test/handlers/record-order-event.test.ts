import '../support/handler-env';
import { createHash } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeHistoryTable } from '../support/fake-history-table';
import { loadHandler } from '../support/load-handler';
import { orderValidated } from '../support/sample-messages';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

type Handler = typeof import('../../handlers/record-order-event');
const { handler } = loadHandler<Handler>('record-order-event', {});

const dynamodb = mockClient(DynamoDBClient);
let history: FakeHistoryTable;

beforeEach(() => {
  [dynamodb, sqs].forEach((client) => client.reset());
  history = new FakeHistoryTable();
  dynamodb.on(PutItemCommand).callsFake((input) => history.put(input));
  sqs.on(SendMessageCommand).resolves({});
});

const outcomes = () => loggedEntries()[0].outcomes;

test('an event about an order is recorded with all of its content and its expiry', async () => {
  const metadata = { eventId: 'event-1', orderId: 'order-1', occurredAt: '2026-01-31T12:00:00.000Z', version: 1, channel: 'api', extra: [null, ''] };

  expect(await handler(sqsEvent(sqsRecord('message-1', busEvent({}, metadata, { order: { total: 7 }, list: [], none: null }))))).toEqual(failed());
  expect(history.records).toEqual([{
    orderId: 'order-1',
    eventId: 'event-1',
    occurredAt: '2026-01-31T12:00:00.000Z',
    listKey: '2026-01-31T12:00:00.000Z#0000000000000000#0000000000000001#event-1',
    type: 'OrderConfirmed',
    metadata: { orderId: 'order-1', version: 1, channel: 'api', extra: [null, ''] },
    data: { order: { total: 7 }, list: [], none: null },
    expiresAt: expect.any(Number),
  }]);
  expect(outcomes()).toEqual([{ outcome: 'OrderEventRecorded', orderId: 'order-1', messageId: 'message-1' }]);
});

test('an event expires after the configured retention', async () => {
  const limited = loadHandler<Handler>('record-order-event', { HISTORY_RETENTION: '86400' });
  const before = Date.now() / 1000 + 86_400;
  await limited.handler(sqsEvent(sqsRecord('message-1', busEvent())));

  expect(history.records[0].expiresAt).toBeGreaterThanOrEqual(Math.floor(before));
  expect(history.records[0].expiresAt).toBeLessThanOrEqual(before + 60);
});

test('a repeated event changes nothing', async () => {
  await handler(sqsEvent(sqsRecord('message-1', busEvent({ id: 'envelope-1' }))));
  const kept = [...history.records];
  jest.clearAllMocks();

  expect(await handler(sqsEvent(sqsRecord('message-2', busEvent({ id: 'envelope-2' }, {}, 'another'))))).toEqual(failed());
  expect(history.records).toEqual(kept);
  expect(outcomes()).toMatchObject([{ outcome: 'OrderEventRepeated', orderId: 'order-1' }]);
});

test('events of one batch are recorded separately, including those of one order and those with the same ID', async () => {
  const events = [busEvent(), busEvent({}, { eventId: 'event-2' }), busEvent({}, { orderId: 'order-2' }), busEvent({ id: 'envelope-9' }, { eventId: '' })];
  await handler(sqsEvent(...events.map((event, n) => sqsRecord(`message-${n}`, event))));

  expect(history.records.map(({ orderId, eventId }) => `${orderId} ${eventId}`).sort())
    .toEqual(['order-1 envelope-9', 'order-1 event-1', 'order-1 event-2', 'order-2 event-1']);
});

describe('an event of another system that is published again with another time', () => {
  const AGAIN = busEvent({ id: 'envelope-2' }, { occurredAt: '2026-02-01T00:00:00.000Z' }, 'another');

  test('changes nothing', async () => {
    await handler(sqsEvent(sqsRecord('message-1', busEvent())));
    await handler(sqsEvent(sqsRecord('message-2', AGAIN)));

    expect(history.records).toMatchObject([{ occurredAt: '2026-01-31T12:00:00.000Z', data: { n: 1 } }]);
  });

  test('has its first position when recording failed after the position was assigned', async () => {
    dynamodb.on(PutItemCommand).callsFake((input) => {
      if (!input.Item.position) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      return history.put(input);
    });
    expect(await handler(sqsEvent(sqsRecord('message-1', busEvent())))).toEqual(failed('message-1'));
    dynamodb.on(PutItemCommand).callsFake((input) => history.put(input));
    await handler(sqsEvent(sqsRecord('message-2', AGAIN)));

    expect(history.records).toMatchObject([{ occurredAt: '2026-01-31T12:00:00.000Z', listKey: expect.stringMatching(/^2026-01-31T12:00:00.000Z#.*#event-1$/), data: 'another' }]);
  });

  test('has a position that expires with it', async () => {
    const limited = loadHandler<Handler>('record-order-event', { HISTORY_RETENTION: '86400' });
    await limited.handler(sqsEvent(sqsRecord('message-1', busEvent())));

    expect(history.positions).toMatchObject([{ orderId: 'order-1', listKey: 'position#event-1', expiresAt: history.records[0].expiresAt }]);
  });
});

test('an event of a command with a sequence number has one item: its time is the same when it is published again', async () => {
  const { type, metadata } = orderValidated();
  const event = busEvent({ 'detail-type': type }, { ...metadata });
  await handler(sqsEvent(sqsRecord('message-1', event), sqsRecord('message-2', event)));

  expect(history.records).toMatchObject([{ eventId: metadata.eventId, type }]);
  expect(history.positions).toEqual([]);
});

describe('a message that can never be recorded', () => {
  test.each([
    ['is not JSON', 'canary', 'the body is not JSON'],
    ['is about no order', busEvent({}, { orderId: 'canary canary' }), 'wrong or missing: /detail/metadata/orderId'],
  ])('goes to the dead-letter queue at once when it %s', async (_, body, reason) => {
    expect(await handler(sqsEvent(sqsRecord('message-1', body)))).toEqual(failed());

    expect(sentMessages()).toMatchObject([{
      QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: { Reason: { StringValue: expect.stringContaining(reason) } },
    }]);
    expect(history.records).toEqual([]);
    expect(loggedText()).not.toContain('canary');
  });

  test('fails when the dead-letter queue rejects it: it is delivered again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await handler(sqsEvent(sqsRecord('message-1', 'not JSON')))).toEqual(failed('message-1'));
  });
});

describe('contents that DynamoDB cannot store', () => {
  const metadata = { version: 3, sequence: 4, commandId: 'command-1', correlationId: 'x y', channel: 'api', extra: 'extra' };
  /** Hexadecimal digits of hashes: deflate halves them. */
  const incompressible = (length: number): string => Array.from({ length: Math.ceil(length / 32) * 2 }, (_, n) => createHash('sha256').update(String(n)).digest('hex')).join('');
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const bytesOf = (event: object) => Buffer.byteLength(JSON.stringify((event as { detail: object }).detail));

  test.each<[string, object, string]>([
    ['are larger than an item', busEvent({}, metadata, { text: incompressible(1_000_000) }), 'TOO_LARGE'],
    ['are larger than an item, with other characters', busEvent({}, metadata, { text: incompressible(500_000) + '€' }), 'TOO_LARGE'],
    ['are larger than an item because of the metadata', busEvent({}, { ...metadata, extra: incompressible(500_000) }), 'TOO_LARGE'],
    ['nest too deep', busEvent({}, metadata, nested(40)), 'NOT_STORABLE'],
    ['contain a number that JavaScript would round', busEvent({}, metadata, { n: 2 ** 60 }), 'NOT_STORABLE'],
  ])('are omitted from the history when they %s, with the reason and the size', async (_, event, reason) => {
    expect(await handler(sqsEvent(sqsRecord('message-1', event)))).toEqual(failed());

    expect(history.records).toEqual([{
      orderId: 'order-1',
      eventId: 'event-1',
      occurredAt: '2026-01-31T12:00:00.000Z',
      listKey: '2026-01-31T12:00:00.000Z#0000000000000004#0000000000000003#event-1',
      type: 'OrderConfirmed',
      metadata: { version: 3, sequence: 4, commandId: 'command-1', channel: 'api' },
      omitted: { reason, bytes: bytesOf(event) },
      expiresAt: expect.any(Number),
    }]);
    expect(sentMessages()).toEqual([]);
    expect(outcomes()).toMatchObject([{ outcome: 'OrderEventRecorded' }]);
  });

  test('are omitted when they contain a number that is none', async () => {
    await handler(sqsEvent(sqsRecord('message-1', JSON.stringify(busEvent()).replace('{"n":1}', '{"n":1e999}'))));

    expect(history.records).toMatchObject([{ eventId: 'event-1', omitted: { reason: 'NOT_STORABLE' } }]);
  });

  test.each([205_000, 400_000])('are recorded when they have %d bytes', async (bytes) => {
    const data = { text: 'x'.repeat(bytes) };
    await handler(sqsEvent(sqsRecord('message-1', busEvent({}, {}, data))));

    expect(history.records).toMatchObject([{ data }]);
    expect(history.records[0]).not.toHaveProperty('omitted');
  });

  test('are omitted only for their own event', async () => {
    const large = busEvent({}, { eventId: 'event-2' }, incompressible(600_000));
    expect(await handler(sqsEvent(sqsRecord('message-1', busEvent()), sqsRecord('message-2', large), sqsRecord('message-3', large)))).toEqual(failed());

    expect(history.records.map(({ eventId, data, omitted }) => [eventId, data, omitted?.reason])).toEqual([['event-1', { n: 1 }, undefined], ['event-2', undefined, 'TOO_LARGE']]);
    expect(outcomes().map(({ outcome }: { outcome: string }) => outcome)).toEqual(['OrderEventRecorded', 'OrderEventRecorded', 'OrderEventRepeated']);
  });

  test('fails when DynamoDB rejects the event without them, too: its message is delivered again', async () => {
    dynamodb.on(PutItemCommand).rejects(Object.assign(new Error('no such key'), { name: 'ValidationException' }));

    expect(await handler(sqsEvent(sqsRecord('message-1', busEvent())))).toEqual(failed('message-1'));
    expect(sentMessages()).toEqual([]);
  });
});

test('fails when the table throttles one event: only its message is delivered again, and none goes to the dead-letter queue', async () => {
  dynamodb.on(PutItemCommand).callsFake((input) => {
    if (input.Item.eventId?.S === 'event-2') throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    return history.put(input);
  });
  const messages = [1, 2, 3].map((n) => sqsRecord(`message-${n}`, busEvent({}, { eventId: `event-${n}` })));

  expect(await handler(sqsEvent(...messages))).toEqual(failed('message-2'));
  expect(history.records.map(({ eventId }) => eventId)).toEqual(['event-1', 'event-3']);
  expect(sentMessages()).toEqual([]);
});

test('the log contains no content of events', async () => {
  await handler(sqsEvent(sqsRecord('message-1', busEvent({ 'detail-type': 'canary' }, { commandId: 'canary', correlationId: 'canary' }, { canary: 'canary' }))));

  expect(outcomes()).toHaveLength(1);
  expect(loggedText()).not.toContain('canary');
});
