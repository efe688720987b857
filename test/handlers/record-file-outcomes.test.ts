import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import { countFileOutcomes } from '../../handlers/aws/file-outcomes-table';
import { handler } from '../../handlers/record-file-outcomes';
import { CHUNK_SIZE, commandIdInFile, type CheckedFile, type SequencedCommand } from '../../handlers/shared';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeAws, type AwsCall } from '../support/fake-aws';
import { failing } from '../support/invocation';
import { live, place, reject } from '../support/sample-commands';
import { sampleContext } from '../support/sample-context';
import { checkedFile, FILE_TIME, fileIdOf } from '../support/sample-files';
import { sqs } from '../support/sent-messages';
import { failed } from '../support/sqs-event';
import { streamEvent, streamRecord } from '../support/stream-event';

const FILE_ID = fileIdOf(1);

let aws: FakeAws;
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  aws = new FakeAws();
});

/** Without time for a delay before the next attempt. */
const handle = (...records: DynamoDBRecord[]) => handler(streamEvent(...records), sampleContext(0));

const seed = (orders: number, changes: Partial<CheckedFile> = {}) =>
  aws.files.seed(checkedFile({ state: 'COMPLETED', counts: { orders, valid: orders, repeated: 0, invalid: 0 }, ...changes }));
const file = () => aws.files.record(FILE_ID);
const count = () => countFileOutcomes('files-table', FILE_ID);
const outcomes = () => loggedEntries().filter(({ message }) => message === 'file outcomes recorded').flatMap((entry) => entry.outcomes);

let sequenceNumber = 0;
/** The record of the write of a command from a file. */
function recordOf(index: number, kind: 'confirmed' | 'unchanged' | 'rejected' = 'confirmed', fileId = FILE_ID): DynamoDBRecord {
  const command: SequencedCommand = {
    ...(kind === 'rejected' ? reject(1) : place(kind === 'unchanged' ? 2 : 1)), channel: 'file', correlationId: fileId, commandId: commandIdInFile(FILE_TIME, fileId)(index),
  };
  const before = kind === 'unchanged' ? live([place(1)]).item : undefined;
  return streamRecord(String(++sequenceNumber), before, { ...live([command], before).item, orderId: `order-${index}` });
}

describe('a batch of records', () => {
  test('is recorded with one read and one write for each chunk of a file', async () => {
    seed(10_000);
    expect(await handle(recordOf(0), recordOf(1, 'unchanged'), recordOf(CHUNK_SIZE), recordOf(5))).toEqual(failed());

    expect(await count()).toEqual({ confirmed: 3, changed: 0, unchanged: 1, rejected: 0 });
    expect(aws.calls.filter(({ input }) => input.Key?.part !== 'FILE').map(({ name }) => name).sort()).toEqual(['Get', 'Get', 'Put', 'Put', 'Query']);
    expect(outcomes()).toEqual([
      { outcome: 'FileOrderConfirmed', orderId: 'order-0', fileId: FILE_ID },
      { outcome: 'FileOrderUnchanged', orderId: 'order-1', fileId: FILE_ID },
      { outcome: 'FileOrderConfirmed', orderId: `order-${CHUNK_SIZE}`, fileId: FILE_ID },
      { outcome: 'FileOrderConfirmed', orderId: 'order-5', fileId: FILE_ID },
    ]);
  });

  test('counts once when it is delivered again', async () => {
    seed(10);
    const records = [recordOf(0), recordOf(1, 'rejected')];
    await handle(...records);
    await handle(records[1]);
    await handle(...records);

    expect(await count()).toEqual({ confirmed: 1, changed: 0, unchanged: 0, rejected: 1 });
    expect(aws.files.parts(FILE_ID).map(({ part }) => part)).toEqual(['OUTCOMES#000000', 'REJECTED#00000001']);
    expect(outcomes().map(({ outcome }) => outcome)).toEqual(['FileOrderConfirmed', 'FileOrderRejected', ...Array(3).fill('FileOutcomeRepeated')]);
  });

  test('stores rejected orders with their reason, and logs the code alone', async () => {
    seed(10, { expiresAt: 4_000_000_000 });
    await handle(recordOf(3, 'rejected'));

    expect(aws.files.parts(FILE_ID)[1]).toEqual({
      fileId: FILE_ID,
      part: 'REJECTED#00000003',
      index: 3,
      orderId: 'order-3',
      code: 'INVALID_ORDER',
      reason: expect.any(String),
      errors: [{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 4129' }],
      rejectedAt: expect.any(String),
      expiresAt: 4_000_000_000,
    });
    expect(outcomes()).toEqual([{ outcome: 'FileOrderRejected', orderId: 'order-3', fileId: FILE_ID, reason: 'INVALID_ORDER' }]);
    expect(loggedText()).not.toContain('4129');
  });

  test('of two writers at once loses nothing', async () => {
    seed(100);
    await Promise.all([handle(recordOf(0), recordOf(1)), handle(recordOf(2), recordOf(3)), handle(recordOf(1), recordOf(4))]);

    expect(await count()).toMatchObject({ confirmed: 5 });
  });

  test('fails for the records of one file alone when its outcomes cannot be recorded', async () => {
    seed(10);
    aws.files.seed(checkedFile({ fileId: fileIdOf(2), state: 'EXTRACTING' }));
    const isOfFile = ({ name, input }: AwsCall) => name === 'Put' && input.Item.fileId === FILE_ID;
    aws.crossing = failing(isOfFile, () => Object.assign(new Error('canary'), { name: 'ThrottlingException' }));
    const records = [recordOf(0), recordOf(1, 'confirmed', fileIdOf(2)), recordOf(2)];

    expect(await handle(...records)).toEqual(failed(...[records[0], records[2]].map(({ dynamodb }) => dynamodb!.SequenceNumber!)));
    expect(aws.files.parts(fileIdOf(2))).toHaveLength(1);
    expect(loggedText()).not.toContain('canary');
  });

  test('has no effect for a file whose record has expired', async () => {
    expect(await handle(recordOf(0, 'rejected'))).toEqual(failed());
    expect(aws.files.parts(FILE_ID)).toEqual([]);
    expect(outcomes()).toMatchObject([{ outcome: 'FileOutcomeIgnored' }]);
  });
});

describe('the last outcome of a file', () => {
  const types = () => aws.bus.events.map(({ type }) => type);

  test('is announced on the bus, with the numbers', async () => {
    seed(2);
    await handle(recordOf(0));
    expect([types(), file().outcomes]).toEqual([[], undefined]);
    await handle(recordOf(1, 'unchanged'));

    expect(file()).toMatchObject({ state: 'COMPLETED', outcomes: { confirmed: 1, changed: 0, unchanged: 1, rejected: 0 }, processedAt: expect.any(String), outcomesNotified: true });
    expect(aws.bus.events).toMatchObject([{
      type: 'OrderFileProcessed', metadata: { fileId: FILE_ID, occurredAt: file().processedAt }, data: { outcomes: { confirmed: 1, changed: 0, unchanged: 1, rejected: 0 } },
    }]);
    expect(aws.alerts.messages).toEqual([]);
    expect(outcomes().at(-1)).toEqual({ outcome: 'FileProcessed', fileId: FILE_ID });
  });

  test('is announced by an alert with the first rejected orders when some were rejected', async () => {
    seed(12);
    await handle(...Array.from({ length: 12 }, (_, index) => recordOf(index, index % 2 === 0 ? 'rejected' : 'confirmed')));

    expect(aws.alerts.messages).toMatchObject([{ Subject: 'Order file has 6 rejected orders: orders.json', MessageAttributes: { reason: { StringValue: 'REJECTED_ORDERS' } } }]);
    expect(aws.alerts.messages[0].Message!.split('\n').filter((line) => line.startsWith('  order'))).toHaveLength(5);
    expect(aws.calls.find(({ name, input }) => name === 'Query' && input.Limit)!.input.Limit).toBe(5);
  });

  test('is not announced before all orders are sent', async () => {
    seed(1, { state: 'EXTRACTING' });
    await handle(recordOf(0));
    expect([types(), file().outcomes]).toEqual([[], undefined]);
  });

  test('is announced when extraction completes the file while it is recorded', async () => {
    seed(1, { state: 'EXTRACTING' });
    aws.before('Put', 1, () => seed(1));
    await handle(recordOf(0));
    expect(types()).toEqual(['OrderFileProcessed']);
  });

  test('is announced for a file with invalid orders when those that were sent are known', async () => {
    seed(4, { counts: { orders: 4, valid: 2, repeated: 1, invalid: 1 }, validByChunk: [2] });
    await handle(recordOf(1));
    expect(types()).toEqual([]);
    await handle(recordOf(3));
    expect(types()).toEqual(['OrderFileProcessed']);
  });

  test('does not cost a count of all chunks before its own chunk is complete', async () => {
    seed(5000);
    await handle(recordOf(0), recordOf(4999));
    expect(aws.count('Query')).toBe(0);
  });

  test.each<[string, Parameters<typeof failing>[0], number]>([
    ['the event', ({ name }) => name === 'PutEvents', 3],
    ['the alert', ({ name }) => name === 'Publish', 1],
    ['the mark of the alert', ({ name, input }) => name === 'Update' && input.ExpressionAttributeValues[':rejectionsAlerted'], 1],
    ['the record of the outcomes', ({ name, input }) => name === 'Update' && input.ExpressionAttributeValues[':outcomes'], 1],
    ['the mark of the announcement', ({ name, input }) => name === 'Update' && input.ExpressionAttributeValues[':outcomesNotified'], 1],
  ])('fails when %s fails: the record is delivered again and completes the announcement', async (_, matches, times) => {
    seed(1);
    aws.crossing = failing(matches, () => new Error('down'), times);
    const record = recordOf(0, 'rejected');
    expect((await handle(record)).batchItemFailures).toHaveLength(1);
    expect(file().outcomesNotified).toBeUndefined();
    expect(await handle(record)).toEqual(failed());

    expect(file()).toMatchObject({ outcomes: { rejected: 1 }, outcomesNotified: true });
    expect(new Set(aws.bus.events.map(({ metadata }) => metadata.eventId)).size).toBe(1);
    expect(aws.alerts.messages.length).toBeGreaterThan(0);
    expect(await handle(record)).toEqual(failed());
    expect(outcomes().filter(({ outcome }) => outcome === 'FileProcessed')).toHaveLength(1);
  });

  test('is announced by an alert also while the bus is down, and once', async () => {
    seed(1);
    aws.crossing = failing(({ name }) => name === 'PutEvents', () => new Error('down'));
    const record = recordOf(0, 'rejected');
    await handle(record);
    await handle(record);
    expect(aws.alerts.messages).toHaveLength(1);
  });
});

describe('an image that the pipeline did not write', () => {
  const poison = () => streamRecord('99', undefined, { orderId: 'order-1', fileOutcome: { fileId: 'x', index: -1 } }, 0);

  test('goes to the dead-letter queue whole, with the reason, and does not stop others', async () => {
    seed(10);
    expect(await handle(poison(), recordOf(1))).toEqual(failed());

    expect(aws.deadLetters.sent.map((body) => JSON.parse(body))).toEqual([poison()]);
    expect(aws.calls.find(({ name }) => name === 'SendMessage')!.input.MessageAttributes.Reason.StringValue)
      .toBe('wrong or missing: /outcome/fileId, /outcome/index, /outcome/outcome, /outcome/at');
    expect(await count()).toMatchObject({ confirmed: 1 });
  });

  test('fails when the dead-letter queue does not take it: it is delivered again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));
    expect(await handle(poison())).toEqual(failed('99'));
  });
});
