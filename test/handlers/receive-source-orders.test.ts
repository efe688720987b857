import '../support/handler-env';
import { gzipSync } from 'node:zlib';
import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import * as receiveSourceOrders from '../../handlers/receive-source-orders';
import type { SourceEvent } from '../../handlers/shared';
import { loggedText } from '../support/captured-logs';
import { freshAws, loggedOutcomes } from '../support/command-consumer';
import { loadHandler } from '../support/load-handler';
import { fromOutside } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';
import {
  activeMqEvent, activeMqMessage, kafkaEvent, kafkaRecord, kinesisRecord, rabbitMqEvent, rabbitMqMessage, sourceContext,
} from '../support/source-events';
import { failed, fifoRecord, sqsEvent, sqsRecord } from '../support/sqs-event';

const { handler } = receiveSourceOrders;
type Handler = (event: SourceEvent, context: Context) => Promise<SQSBatchResponse | undefined>;

beforeEach(() => { freshAws(); });

const order = (n: number) => sampleOrder({ orderId: `order-${n}` });
const orders = (...numbers: number[]) => numbers.map(order);
const sentTo = (url: string) => sentMessages().filter(({ QueueUrl }) => QueueUrl === url);
const sentOrders = () => sentTo('https://sqs.test/orders.fifo');
const deadLetters = () => sentTo('https://sqs.test/dead-letters');
const commandIn = ({ MessageBody }: SendMessageCommandInput) => JSON.parse(MessageBody!);
const reasons = () => deadLetters().map(({ MessageAttributes }) => MessageAttributes!.Reason.StringValue);
const groups = () => sentOrders().map(({ MessageGroupId }) => MessageGroupId);

/** How each kind of source delivers values, with numbers as positions. */
const BATCHES: Record<string, (...values: unknown[]) => SourceEvent> = {
  Kinesis: (...values) => ({ Records: values.map((value, index) => kinesisRecord(String(index + 1), value)) }),
  Kafka: (...values) => kafkaEvent(...values.map((value, index) => kafkaRecord(index + 1, value))),
  RabbitMQ: (...values) => rabbitMqEvent(...values.map((value, index) => rabbitMqMessage(`id-${index + 1}`, value))),
  ActiveMQ: (...values) => activeMqEvent(...values.map((value, index) => activeMqMessage(`ID:${index + 1}`, value))),
  SQS: (...values) => sqsEvent(...values.map((value, index) => sqsRecord(`message-${index + 1}`, value))),
};
const WHOLE = ['Kafka', 'RabbitMQ', 'ActiveMQ'];
const kinds = Object.keys(BATCHES);

/** Delivers a batch. A failure of the whole batch is `'failed'`. */
const deliver = (event: SourceEvent, as: Handler = handler): Promise<unknown> => as(event, sourceContext()).then((response) => response ?? 'consumed', () => 'failed');
const consumedAs = (kind: string) => (WHOLE.includes(kind) ? 'consumed' : failed());

describe.each(kinds)('%s', (kind) => {
  const batch = BATCHES[kind];

  test('an order is sent to the orders queue, in the message group of its ID', async () => {
    expect(await deliver(batch(order(1)))).toEqual(consumedAs(kind));

    const [message] = sentOrders();
    const command = commandIn(message);
    expect(command).toMatchObject({ commandType: 'PlaceOrder', orderId: 'order-1', channel: 'source', payload: order(1) });
    expect(message).toMatchObject({ MessageGroupId: 'order-1', MessageDeduplicationId: command.commandId });
    expect(loggedOutcomes()).toEqual(['SourceOrderReceived']);
  });

  test('a record that is delivered again is the same command, and another record another one', async () => {
    await deliver(batch(order(1), order(1)));
    await deliver(batch(order(1), order(1)));

    const [first, second, firstAgain, secondAgain] = sentOrders().map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect([firstAgain, secondAgain]).toEqual([first, second]);
    expect(second).not.toBe(first);
  });

  test('another order at the same position is another command', async () => {
    await deliver(batch(order(1)));
    await deliver(batch({ ...order(1), notes: 'as a gift' }));

    const [first, second] = sentOrders().map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(second).not.toBe(first);
  });

  test('the orders of one ID are sent one after the other, in their sequence', async () => {
    let inFlight = 0;
    sqs.on(SendMessageCommand).callsFake(async () => {
      inFlight++;
      expect(inFlight).toBe(1);
      await new Promise(setImmediate);
      inFlight--;
      return {};
    });
    await deliver(batch(...['a', 'b', 'c'].map((notes) => ({ ...order(1), notes }))));

    expect(sentOrders().map((message) => commandIn(message).payload.notes)).toEqual(['a', 'b', 'c']);
  });

  test('a wrong order is sent with its errors, which is not a failure', async () => {
    expect(await deliver(batch({ ...order(1), items: [] }))).toEqual(consumedAs(kind));

    expect(commandIn(sentOrders()[0])).toMatchObject({ orderId: 'order-1', errors: [{ path: '/items', code: 'TOO_SMALL' }] });
  });

  test.each([
    ['text', 'hello', 'the record is not JSON'],
    ['nothing', '', 'the record is not JSON'],
    ['a number', '7', 'the record is not an order: it is not a JSON object'],
    ['another object', { temperature: 21 }, expect.stringMatching(/^the record has no order ID, and is not a valid order \([A-Z_, ]+\)$/)],
    ['an order with an impossible ID', { ...order(1), orderId: 'a b' }, 'the order ID in the record is not valid'],
  ])('a record that is %s goes to the dead-letter queue with the reason, and does not delay the others', async (_, poison, reason) => {
    expect(await deliver(batch(order(1), poison, order(2)))).toEqual(consumedAs(kind));

    expect(groups()).toEqual(['order-1', 'order-2']);
    expect(reasons()).toEqual([reason]);
    expect(loggedOutcomes()).toEqual(['SourceOrderReceived', 'PoisonMessage', 'SourceOrderReceived']);
  });

  test('a batch without any order leaves nothing but dead letters', async () => {
    expect(await deliver(batch(...Array.from({ length: 10 }, (_, index) => ({ heartbeat: index }))))).toEqual(consumedAs(kind));

    expect(deadLetters()).toHaveLength(10);
    expect(sentOrders()).toEqual([]);
  });

  test('an order without an ID gets one that stays the same', async () => {
    const { orderId, ...anonymous } = order(1);
    await deliver(batch(anonymous));
    await deliver(batch(anonymous));

    const [first, second] = groups();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toBe(first);
  });

  test.each([
    ['the detail of a request', (request: { detail: object }) => request.detail],
    ['a whole request', (request: object) => request],
  ])('%s is the order in it', async (_, record) => {
    await deliver(batch(record(fromOutside('OrderPlacementRequested', { order: order(1) }, { eventId: 'event-1' }) as { detail: object })));

    expect(commandIn(sentOrders()[0])).toMatchObject({ orderId: 'order-1', payload: order(1) });
  });

  test('a duplicate key makes an order wrong, as in the API', async () => {
    await deliver(batch(JSON.stringify(order(1)).replace('{', '{"notes":"a","notes":"b",')));

    expect(commandIn(sentOrders()[0])).toMatchObject({ orderId: 'order-1', errors: [{ code: 'DUPLICATE_KEY' }] });
  });

  test('nothing of a record is in the log', async () => {
    await deliver(batch('canary', { canary: 'canary' }, { ...order(1), notes: 'canary', items: [] }, { metadata: { orderId: 'canary canary' }, data: { order: {} } }));

    expect(loggedText()).not.toContain('canary');
  });
});

describe('while the orders queue does not accept an order', () => {
  const throttle = (id: string) => sqs.on(SendMessageCommand, { MessageGroupId: id }).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  test.each(WHOLE)('the whole batch of %s fails, and its poison is not sent to the dead-letter queue again and again', async (kind) => {
    throttle('order-3');

    expect(await deliver(BATCHES[kind](order(1), 'poison', order(2), order(3)))).toBe('failed');
    expect(deadLetters()).toEqual([]);
    expect(new Set(loggedOutcomes())).toEqual(new Set(['ConsumeFailed']));
  });

  test('a batch of Kinesis fails from the first failure on, and only the poison before it goes to the dead-letter queue', async () => {
    throttle('order-2');

    expect(await deliver(BATCHES.Kinesis(order(1), 'before', order(2), 'after', order(3)))).toEqual(failed('3'));
    expect(deadLetters().map(({ MessageBody }) => JSON.parse(MessageBody!).sourceRecord.text)).toEqual(['before']);
    expect(loggedOutcomes()).toEqual(['SourceOrderReceived', 'PoisonMessage', 'ConsumeFailed', 'ConsumeFailed', 'ConsumeFailed']);
  });

  test('no later record of the same order overtakes the failed one', async () => {
    throttle('order-1');
    await deliver(BATCHES.Kafka(order(1), { ...order(1), notes: 'later' }, order(2)));

    expect(sentOrders().filter(({ MessageGroupId }) => MessageGroupId === 'order-1')).toHaveLength(1);
  });

  test('only the failed messages of SQS are retried, with the later ones of their order', async () => {
    throttle('order-1');

    expect(await deliver(BATCHES.SQS(order(1), order(2), order(1), 'poison'))).toEqual(failed('message-1', 'message-3'));
    expect(deadLetters()).toHaveLength(1);
  });

  test('the later messages of a message group of a FIFO queue wait', async () => {
    throttle('order-1');
    const records = orders(1, 2, 3).map((each, index) => fifoRecord(`message-${index + 1}`, each, index < 2 ? 'a' : 'b'));

    expect(await deliver(sqsEvent(...records))).toEqual(failed('message-1', 'message-2'));
    expect(groups()).toEqual(['order-1', 'order-3']);
  });

  test('an order is retried for as long as the invocation has time', async () => {
    let attempts = 0;
    sqs.on(SendMessageCommand).callsFake(() => {
      if (++attempts < 3) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      return {};
    });

    await expect(handler(BATCHES.Kafka(order(1)), sourceContext(60_000))).resolves.toBeUndefined();
    expect(attempts).toBe(3);
  });

  test.each(kinds)('a record of %s fails while the dead-letter queue does not accept it, and is not lost', async (kind) => {
    sqs.on(SendMessageCommand, { QueueUrl: 'https://sqs.test/dead-letters' }).rejects(new Error('down'));

    const expected = { Kinesis: failed('2'), SQS: failed('message-2') }[kind] ?? 'failed';
    expect(await deliver(BATCHES[kind](order(1), 'poison'))).toEqual(expected);
  });
});

test.each(kinds)('an order of %s that SQS can never accept goes to the dead-letter queue', async (kind) => {
  sqs.on(SendMessageCommand, { MessageGroupId: 'order-1' }).rejects(Object.assign(new Error('no'), { name: 'InvalidMessageContents' }));

  expect(await deliver(BATCHES[kind](order(1), order(2)))).toEqual(consumedAs(kind));
  expect(reasons()).toEqual(['the orders queue does not accept the order: InvalidMessageContents']);
});

describe('encodings', () => {
  test('gzip is inflated', async () => {
    await deliver(BATCHES.Kinesis(gzipSync(JSON.stringify(order(1)))));
    expect(groups()).toEqual(['order-1']);
  });

  test.each([
    ['corrupt gzip', Buffer.concat([gzipSync('{}').subarray(0, 12), Buffer.from('??')]), /^the record is not valid gzip/],
    ['gzip that inflates to too many bytes', gzipSync(Buffer.alloc(5 * 1024 * 1024)), /more than 4194304 bytes$/],
    ['other bytes than UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /^the record is not UTF-8$/],
    ['an aggregate of the Kinesis Producer Library', Buffer.from('f3899ac20a01', 'hex'), /^the record is an aggregate of the Kinesis Producer Library/],
  ])('%s goes to the dead-letter queue', async (_, value, reason) => {
    expect(await deliver(BATCHES.Kinesis(value, order(1)))).toEqual(failed());
    expect(reasons()).toEqual([expect.stringMatching(reason)]);
    expect(groups()).toEqual(['order-1']);
  });

  test('a record of Kafka without a value goes to the dead-letter queue', async () => {
    const tombstone = { ...kafkaRecord(1, ''), value: null as unknown as string };

    expect(await deliver(kafkaEvent(tombstone, kafkaRecord(2, order(1))))).toBe('consumed');
    expect(reasons()).toEqual(['the record has no value']);
  });

  test('a JMS bytes message is read, and other types go to the dead-letter queue', async () => {
    await deliver(activeMqEvent(activeMqMessage('ID:1', order(1), {}, 'jms/bytes-message'), activeMqMessage('ID:2', order(2), {}, 'jms/map-message')));

    expect(groups()).toEqual(['order-1']);
    expect(reasons()).toEqual(['the message is neither a JMS text message nor a JMS bytes message']);
  });

  test('a notification of SNS in a queue is its message, whatever the ID of the message in the queue', async () => {
    const notification = { Type: 'Notification', MessageId: 'sns-1', TopicArn: 'arn:aws:sns:eu-central-1:111122223333:orders', Message: JSON.stringify(order(1)) };
    await deliver(sqsEvent(sqsRecord('message-1', notification)));
    await deliver(sqsEvent(sqsRecord('message-2', notification)));

    const [first, second] = sentOrders();
    expect(commandIn(first)).toMatchObject({ orderId: 'order-1', payload: order(1) });
    expect(second.MessageDeduplicationId).toBe(first.MessageDeduplicationId);
  });

  test('RabbitMQ messages without an ID are the same only with equal content', async () => {
    await deliver(rabbitMqEvent(rabbitMqMessage(null, order(1)), rabbitMqMessage(null, order(1)), rabbitMqMessage(null, { ...order(1), notes: 'x' })));

    const [first, second, third] = sentOrders().map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('an order that is too large is rejected, and a record that no dead letter can hold leaves its position', async () => {
    await deliver(kafkaEvent(kafkaRecord(1, { ...order(1), notes: 'x'.repeat(130 * 1024) }), kafkaRecord(2, 'x'.repeat(300 * 1024))));

    expect(commandIn(sentOrders()[0])).toMatchObject({ orderId: 'order-1', errors: [{ code: 'ORDER_TOO_LARGE' }] });
    expect(deadLetters().map(({ MessageBody }) => JSON.parse(MessageBody!))).toEqual([{ omittedRecord: { position: ['orders', '0', '2'], size: 300 * 1024 } }]);
  });
});

describe('dead letters', () => {
  test.each(['Kinesis', 'Kafka', 'RabbitMQ', 'ActiveMQ'])('of %s can be redriven: the record is the same command as before', async (kind) => {
    sqs.on(SendMessageCommand, { MessageGroupId: 'order-1' }).rejectsOnce(Object.assign(new Error('no'), { name: 'InvalidMessageContents' })).resolves({});
    await deliver(BATCHES[kind](order(1)));
    const [refused] = sentOrders();
    const [deadLetter] = deadLetters();

    expect(await deliver({ Records: [JSON.parse(deadLetter.MessageBody!)] })).toEqual(failed());
    expect(sentOrders()[1].MessageDeduplicationId).toBe(refused.MessageDeduplicationId);
  });

  test('that are poison again become new dead letters, also of bytes that are not text', async () => {
    await deliver(BATCHES.Kinesis(Buffer.from([0x7b, 0xff, 0x7d])));
    const [deadLetter] = deadLetters();

    expect(await deliver({ Records: [JSON.parse(deadLetter.MessageBody!)] })).toEqual(failed());
    expect(deadLetters()[1].MessageBody).toBe(deadLetter.MessageBody);
  });
});

describe('in a pipeline with tenants', () => {
  const withTenant = (tenant: object): Handler => loadHandler<typeof receiveSourceOrders>('receive-source-orders', { SOURCE_TENANT: JSON.stringify(tenant) }).handler;
  const fixed = withTenant({ kind: 'fixed', tenant: 'acme' });
  const header = withTenant({ kind: 'header', name: 'tenant' });
  const field = withTenant({ kind: 'field', pointer: '/metadata/tenant' });
  const request = (tenant?: string) => ({ metadata: { eventId: 'event-1', ...(tenant ? { tenant } : {}) }, data: { order: order(1) } });

  test('a source can belong to one tenant', async () => {
    await deliver(BATCHES.Kinesis(order(1)), fixed);
    expect(commandIn(sentOrders()[0])).toMatchObject({ tenant: 'acme', orderId: 'order-1' });
    expect(groups()).toEqual(['acme/order-1']);
  });

  test.each<[string, SourceEvent]>([
    ['Kafka', kafkaEvent(kafkaRecord(1, order(1), { tenant: 'globex' }))],
    ['RabbitMQ', rabbitMqEvent(rabbitMqMessage('id-1', order(1), { tenant: 'globex' }))],
    ['ActiveMQ', activeMqEvent(activeMqMessage('ID:1', order(1), { tenant: 'globex' }))],
    ['SQS', sqsEvent({ ...sqsRecord('message-1', order(1)), messageAttributes: { tenant: { dataType: 'String', stringValue: 'globex' } } })],
    ['SNS', sqsEvent(sqsRecord('message-1', {
      Type: 'Notification', MessageId: '1', TopicArn: 'arn', Message: JSON.stringify(order(1)), MessageAttributes: { tenant: { Type: 'String', Value: 'globex' } },
    }))],
  ])('a header of %s names the tenant', async (_, event) => {
    await deliver(event, header);
    expect(groups()).toEqual(['globex/order-1']);
  });

  test('a header that occurs twice names no tenant', async () => {
    const record = kafkaRecord(1, order(1), { tenant: 'globex' });
    await deliver(kafkaEvent({ ...record, headers: [...record.headers, ...kafkaRecord(1, '', { tenant: 'acme' }).headers] }), header);
    expect(reasons()).toEqual(['wrong or missing: the tenant in the one header tenant of the record; every order of this pipeline belongs to a tenant']);
  });

  test('a field names the tenant', async () => {
    await deliver(BATCHES.Kinesis(request('globex')), field);
    expect(groups()).toEqual(['globex/order-1']);
  });

  test.each([
    ['no tenant', field, request(), /^wrong or missing: the tenant at \/metadata\/tenant/],
    ['no name of a tenant', field, request('a/b'), /^wrong: orderId or tenant in the metadata/],
    ['a tenant besides that of the source', fixed, request('globex'), /^the tenant in the metadata differs from the tenant of the record$/],
  ])('a record with %s goes to the dead-letter queue', async (_, as, record, reason) => {
    await deliver(BATCHES.Kinesis(record), as);
    expect(sentOrders()).toEqual([]);
    expect(reasons()).toEqual([expect.stringMatching(reason)]);
  });

  test('without tenants, a record with one goes to the dead-letter queue', async () => {
    await deliver(BATCHES.Kinesis(request('globex')));
    expect(reasons()).toEqual(['wrong: the tenant in the metadata; this pipeline has no tenants']);
  });
});
