import '../../support/handler-env';
import {
  BatchExecuteStatementCommand, DynamoDBClient, type BatchExecuteStatementCommandInput, type BatchStatementRequest, type BatchStatementResponse,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { fromHistoryItem } from '../../../handlers/aws/history-items';
import { recordingPublisher } from '../../../handlers/aws/recording-publisher';
import { historyRecord, type OrderEvent } from '../../../handlers/shared';
import { acceptEvents, eventBridge, putEventsRequests } from '../../support/published-events';
import { orderRejected, orderValidated } from '../../support/sample-messages';

const dynamodb = mockClient(DynamoDBClient);
const ENV = { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'orders', PIPELINE_ID: 'pipeline-1', HISTORY_TABLE_NAME: 'history', HISTORY_RETENTION: '3600' };

beforeEach(() => {
  [dynamodb, eventBridge].forEach((client) => client.reset());
  acceptEvents();
  answer(() => ({}));
});

/** The table answers each statement. */
const answer = (response: (index: number) => BatchStatementResponse): unknown => dynamodb.on(BatchExecuteStatementCommand)
  .callsFake(({ Statements }: BatchExecuteStatementCommandInput) => ({ Responses: Statements!.map((_, index) => response(index)) }));

const publish = recordingPublisher(ENV);
const validated = (n: number): OrderEvent => orderValidated({ orderId: `order-${n}`, commandId: `command-${n}` });
const many = (count: number) => Array.from({ length: count }, (_, n) => validated(n));

const batches = () => dynamodb.commandCalls(BatchExecuteStatementCommand).map(({ args: [{ input }] }) => input.Statements!);
const recordedItems = () => batches().flat().map(itemOf);
const itemOf = ({ Statement, Parameters }: BatchStatementRequest) => {
  const [, table, fields] = /^INSERT INTO "([^"]+)" VALUE {(.*)}$/.exec(Statement!)!;
  expect(table).toBe('history');
  return fromHistoryItem(Object.fromEntries(fields.split(', ').map((field, index) => [/^'(\w+)': \?$/.exec(field)![1], Parameters![index]])));
};
const published = () => putEventsRequests().flat().map(({ Detail }) => JSON.parse(Detail!));

test('an event is recorded, and published with the mark', async () => {
  expect(await publish([validated(1)])).toEqual(new Map());

  expect(recordedItems()).toMatchObject([{ orderId: 'order-1', type: 'OrderValidated' }]);
  expect(published()).toMatchObject([{ metadata: { orderId: 'order-1' }, recorded: true }]);
});

test('the record is the one that the history queue would have led to', async () => {
  await publish([validated(1)]);
  const [{ DetailType, Detail }] = putEventsRequests().flat();
  const body = JSON.stringify({ 'detail-type': DetailType, 'detail': JSON.parse(Detail!) });

  const [{ metadata, ...recorded }] = recordedItems();
  const expected = historyRecord(body, new Date(), 3600);
  const { orderId, eventId, listKey, type, data, facts } = expected;
  expect(recorded).toMatchObject({ orderId, eventId, listKey, type, data, facts });
  expect(expected.metadata).toMatchObject(metadata);
  expect(metadata.pipeline).toBe('pipeline-1');
});

test('an event is published without the mark when the table fails: the history queue receives it', async () => {
  dynamodb.on(BatchExecuteStatementCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  expect(await publish([validated(1)])).toEqual(new Map());
  expect(published()).toMatchObject([{ metadata: { orderId: 'order-1' } }]);
  expect(published()[0]).not.toHaveProperty('recorded');
});

test('only the events that the table throttled are published without the mark', async () => {
  answer((index) => (index === 0 ? {} : { Error: { Code: 'ThrottlingError' } }));

  await publish(many(3));
  expect(published().map(({ recorded }) => recorded)).toEqual([true, undefined, undefined]);
});

test('an event that the history has already is published with the mark', async () => {
  answer(() => ({ Error: { Code: 'DuplicateItem' } }));

  await publish([validated(1)]);
  expect(published()).toMatchObject([{ recorded: true }]);
});

test('a refusal without a sequence number has another time at each attempt: the history queue receives it', async () => {
  const event = orderRejected({ orderId: 'order-1', sequence: 0 });
  await publish([event]);

  expect(batches()).toEqual([]);
  expect(published()[0]).not.toHaveProperty('recorded');
});

test('a batch has at most 25 events, each of them once', async () => {
  const events = many(51);
  await publish([...events, events[0]]);

  expect(batches().map(({ length }) => length)).toEqual([25, 25, 1]);
  expect(published().filter(({ recorded }) => recorded === true)).toHaveLength(52);
});

test('an event that EventBridge refuses is returned', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  acceptEvents(() => true);
  const event = validated(1);

  expect([...(await publish([event])).keys()]).toEqual([event]);
});

test('without a history, events are published only', async () => {
  const { HISTORY_TABLE_NAME, HISTORY_RETENTION, ...withoutHistory } = ENV;
  await recordingPublisher(withoutHistory)([validated(1)]);

  expect(batches()).toEqual([]);
  expect(published()[0]).not.toHaveProperty('recorded');
});
