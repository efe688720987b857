import './debug-env';
import { gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { canaryOrder, expectNoPersonalDataInLogs, invalidOrders, malformedBodies, sdkError } from './canaries';
import { handler as extractOrders } from '../../handlers/extract-orders';
import { handler as queryFiles } from '../../handlers/query-files';
import { handler as validateFile } from '../../handlers/validate-file';
import { apiRequest } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeAws } from '../support/fake-aws';
import type { Upload } from '../support/fake-s3';
import { s3Notification, s3Record } from '../support/file-notification';
import { failing } from '../support/invocation';
import { ndjson } from '../support/order-files';
import { sentMessages } from '../support/sent-messages';
import { sqsEvent, sqsRecord } from '../support/sqs-event';

const CONTEXT = { getRemainingTimeInMillis: () => 300_000 } as Context;

let aws: FakeAws;
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no back-off between attempts
  aws = new FakeAws();
});
afterEach(expectNoPersonalDataInLogs);

const upload = (content: string | Uint8Array): Upload => aws.s3.upload('incoming/Canary Name <canary@example.com>.json', content);
const validate = (body: unknown) => validateFile(sqsEvent(sqsRecord('message-1', body)), CONTEXT);
const extract = (body: unknown) => extractOrders(sqsEvent(sqsRecord('message-1', body)), CONTEXT);

/** Validates a file and extracts its orders, if it is valid. */
async function ingest(content: string | Uint8Array): Promise<void> {
  await validate(s3Notification(upload(content)));
  for (const message of aws.validFiles.bodies.splice(0)) await extract(message);
}

const MIXED = ndjson([canaryOrder(), canaryOrder({ notes: 'another canary' }), ...invalidOrders.map(([, order]) => order), canaryOrder({ orderId: 'order-2' })]);

describe('the logs contain no personal data of a file and its name', () => {
  test.each<[string, string | Uint8Array]>([
    ['is valid', ndjson([canaryOrder(), canaryOrder({ orderId: 'order-2' })])],
    ['has valid and invalid orders', MIXED],
    ['has only invalid orders', JSON.stringify({ canary: 'canary', orders: invalidOrders.map(([, order]) => order) })],
    ['is compressed', gzipSync(MIXED)],
    ['is compressed but truncated', gzipSync(MIXED).subarray(0, 40)],
    ['is truncated', MIXED.slice(0, -20)],
    ['is not UTF-8', Buffer.concat([Buffer.from(MIXED), Buffer.from([0xff, 0xfe])])],
    ['is empty', ''],
    ['contains no orders', 'Canary Name;canary@example.com'],
    ...malformedBodies.map((body): [string, string] => [`is ${JSON.stringify(body)}`, body]),
  ])('when it %s', async (_, content) => {
    await ingest(content);
    expect(loggedText()).toMatch(/FileValidated|FileRejected/);
  });

  test('when it does not exist', async () => {
    const uploaded = upload(MIXED);
    await validate(s3Notification({ ...uploaded, key: 'incoming/another canary.json' }));
    expect(loggedText()).toContain('FileRejected');
  });

  test.each([
    'HeadObject', 'GetObject', 'PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'Put', 'Update', 'Get', 'Publish', 'PutEvents',
    'SendMessage', 'SendMessageBatch',
  ])('when %s fails', async (name) => {
    aws.crossing = failing((call) => call.name === name, sdkError);
    await ingest(MIXED).catch(() => undefined);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test('when extraction fails and is retried', async () => {
    await validate(s3Notification(upload(MIXED)));
    aws.crossing = failing((call) => call.name === 'SendMessageBatch', sdkError, 5);
    const [message] = aws.validFiles.bodies;
    await extract(message);
    await extract(message);
    expect(loggedEntries().length).toBeGreaterThan(1);
  });
});

describe('the logs contain no personal data of an invalid message', () => {
  test.each([
    ...malformedBodies, '{"canary@example.com":"canary"}', '{"Records":["canary"]}', '{"Records":[{"canary":"canary","s3":{"object":{"key":"canary"}}}]}',
    JSON.stringify({ Records: [{ ...s3Record(), s3: { bucket: { name: 'canary' }, object: { key: '%canary%', size: 'canary' } } }] }),
    '{"fileId":"canary@example.com","canary":"canary"}', `{"fileId":"${'0'.repeat(32)}","canary":"canary"}`,
  ])('%j', async (body) => {
    await validate(body);
    await extract(body);
    expect(loggedEntries().length).toBeGreaterThan(0);
    expect(sentMessages().length).toBeGreaterThan(0);
  });
});

describe('the logs contain no personal data of a query for files', () => {
  const request = (query: Record<string, string> | null, fileId?: string) =>
    queryFiles(apiRequest({ queryStringParameters: query, pathParameters: fileId === undefined ? null : { fileId } }));

  test('with names of files and invalid parameters', async () => {
    await ingest(MIXED);
    const [{ fileId }] = aws.files.records;
    const { body } = await request(null, fileId);
    expect(body).toMatch(/canary/i);
    const queries: Record<string, string>[] = [
      { state: 'COMPLETED' }, { state: 'canary' }, { canary: 'canary' }, { state: 'COMPLETED', limit: 'canary', nextToken: 'canary' },
    ];
    for (const query of queries) await request(query);
    await request(null, 'canary@example.com');
  });

  test('when the table fails', async () => {
    aws.crossing = failing(() => true, sdkError);
    expect(await request(null, '0'.repeat(32))).toMatchObject({ statusCode: 503 });
    expect(await request({ state: 'COMPLETED' })).toMatchObject({ statusCode: 503 });
    expect(loggedText()).toContain('ThrottlingException');
  });
});
