import '../support/handler-env';
import { KinesisClient, PutRecordCommand, type PutRecordCommandInput } from '@aws-sdk/client-kinesis';
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

const { handler } = loadHandler<typeof import('../../handlers/publish-to-stream')>('publish-to-stream', {});

const kinesis = mockClient(KinesisClient);

beforeEach(() => {
  [kinesis, sqs].forEach((client) => client.reset());
  kinesis.on(PutRecordCommand).resolves({});
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(ChangeMessageVisibilityBatchCommand).resolves({ Successful: [], Failed: [] });
});

const inputs = (): PutRecordCommandInput[] => kinesis.commandCalls(PutRecordCommand).map(({ args: [{ input }] }) => input);
const eventOf = ({ Data }: PutRecordCommandInput) => JSON.parse(Buffer.from(Data!).toString());
const eventAt = (eventId: string, second: number, metadata: Record<string, unknown> = {}) =>
  busEvent({}, { eventId, occurredAt: `2026-01-31T12:00:0${second}.000Z`, ...metadata });

test('an event is put into the stream under the key of its order', async () => {
  expect(await handler(sqsEvent(sqsRecord('message-1', busEvent({}, { tenant: 'acme' }))))).toEqual(failed());
  expect(inputs()).toMatchObject([{ StreamName: 'event-stream', PartitionKey: 'acme/order-1' }]);
  expect(eventOf(inputs()[0])).toMatchObject({ 'eventId': 'event-1', 'detail-type': 'OrderConfirmed', 'detail': { data: { n: 1 } } });
  expect(loggedEntries()[0].outcomes).toEqual([{ outcome: 'EventStreamed', orderId: 'acme/order-1', messageId: 'message-1' }]);
});

test('the events of an order in a batch are put one after the other, in the sequence in which they occurred', async () => {
  let concurrent = 0;
  kinesis.on(PutRecordCommand).callsFake(async ({ PartitionKey }: PutRecordCommandInput) => {
    if (PartitionKey === 'order-1') expect(++concurrent).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    if (PartitionKey === 'order-1') concurrent -= 1;
  });
  await handler(sqsEvent(
    sqsRecord('m-3', eventAt('third', 3)),
    sqsRecord('m-1', eventAt('first', 1)),
    sqsRecord('m-x', eventAt('other', 2, { orderId: 'order-2' })),
    sqsRecord('m-2', eventAt('second', 2)),
  ));
  const ofOrder = inputs().filter(({ PartitionKey }) => PartitionKey === 'order-1').map((input) => eventOf(input).eventId);
  expect(ofOrder).toEqual(['first', 'second', 'third']);
  expect(inputs()).toHaveLength(4);
});

test('when an event fails, the later ones of its order in the batch wait for it, and others do not', async () => {
  kinesis.on(PutRecordCommand, { PartitionKey: 'order-1' }).rejects(Object.assign(new Error(), { name: 'ProvisionedThroughputExceededException' }));
  const response = await handler(sqsEvent(
    sqsRecord('m-2', eventAt('second', 2)), sqsRecord('m-1', eventAt('first', 1)), sqsRecord('m-x', eventAt('other', 1, { orderId: 'order-2' })),
  ));
  expect(new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))).toEqual(new Set(['m-1', 'm-2']));
  expect(inputs().map((input) => eventOf(input).eventId).sort()).toEqual(['first', 'other']);
  expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)).toHaveLength(1);
});

test('an event that cannot become a record goes to the dead-letter queue with the reason, and the others are put', async () => {
  expect(await handler(sqsEvent(sqsRecord('m-1', 'no JSON'), sqsRecord('m-2', busEvent())))).toEqual(failed());
  expect(sentMessages()).toMatchObject([{ MessageBody: 'no JSON', MessageAttributes: { Reason: { StringValue: 'the body is not JSON' } } }]);
  expect(inputs()).toHaveLength(1);
});

test('an event that still fails after a day goes to the dead-letter queue', async () => {
  kinesis.on(PutRecordCommand).rejects(Object.assign(new Error(), { name: 'ResourceNotFoundException' }));
  const dayAgo = String(Date.now() - 86_400_000);
  expect(await handler(sqsEvent(sqsRecord('m-1', busEvent(), { ApproximateFirstReceiveTimestamp: dayAgo })))).toEqual(failed());
  expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: 'retried for 24 hours: ResourceNotFoundException' } } }]);
});

test('the contents of events are not logged', async () => {
  await handler(sqsEvent(sqsRecord('m-1', busEvent({}, {}, { order: { email: 'jane@example.com' } })), sqsRecord('m-2', '{"email":"jane@example.com"')));
  expect(loggedText()).not.toContain('jane');
});
