import './debug-env';
import { gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { canaryOrder, expectSilence, hostileOrders, malformedBodies, trouble } from './canaries';
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
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  aws = new FakeAws();
});
afterEach(expectSilence);

const drop = (content: string | Uint8Array): Upload => aws.s3.upload('incoming/Canary Name <canary@example.com>.json', content);
const check = (body: unknown) => validateFile(sqsEvent(sqsRecord('message-1', body)), CONTEXT);
const extract = (body: unknown) => extractOrders(sqsEvent(sqsRecord('message-1', body)), CONTEXT);

/** Lets a file take the whole road, as far as it gets. */
async function send(content: string | Uint8Array): Promise<void> {
  await check(s3Notification(drop(content)));
  for (const ticket of aws.validFiles.bodies.splice(0)) await extract(ticket);
}

const MIXED = ndjson([canaryOrder(), canaryOrder({ notes: 'another canary' }), ...hostileOrders.map(([, order]) => order), canaryOrder({ orderId: 'order-2' })]);

describe('a file tells the log nothing of its name and its orders', () => {
  test.each<[string, string | Uint8Array]>([
    ['is good', ndjson([canaryOrder(), canaryOrder({ orderId: 'order-2' })])],
    ['is mixed', MIXED],
    ['is an array of bad orders', JSON.stringify({ canary: 'canary', orders: hostileOrders.map(([, order]) => order) })],
    ['is packed', gzipSync(MIXED)],
    ['is packed badly', gzipSync(MIXED).subarray(0, 40)],
    ['breaks off', MIXED.slice(0, -20)],
    ['is no UTF-8', Buffer.concat([Buffer.from(MIXED), Buffer.from([0xff, 0xfe])])],
    ['is empty', ''],
    ['holds no orders', 'Canary Name;canary@example.com'],
    ...malformedBodies.map((body): [string, string] => [`is ${JSON.stringify(body)}`, body]),
  ])('when it %s', async (_, content) => {
    await send(content);
    expect(loggedText()).toMatch(/FileValidated|FileRejected/);
  });

  test('when it is gone', async () => {
    const upload = drop(MIXED);
    await check(s3Notification({ ...upload, key: 'incoming/another canary.json' }));
    expect(loggedText()).toContain('FileRejected');
  });

  test.each([
    'HeadObject', 'GetObject', 'PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'Put', 'Update', 'Get', 'Publish', 'PutEvents',
    'SendMessage', 'SendMessageBatch',
  ])('when %s fails', async (name) => {
    aws.crossing = failing((call) => call.name === name, trouble);
    await send(MIXED).catch(() => undefined);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test('when it fails half-way and is taken up again', async () => {
    await check(s3Notification(drop(MIXED)));
    aws.crossing = failing((call) => call.name === 'SendMessageBatch', trouble, 5);
    const [ticket] = aws.validFiles.bodies;
    await extract(ticket);
    await extract(ticket);
    expect(loggedEntries().length).toBeGreaterThan(1);
  });
});

describe('a message that is none is set aside without a word of it', () => {
  test.each([
    ...malformedBodies, '{"canary@example.com":"canary"}', '{"Records":["canary"]}', '{"Records":[{"canary":"canary","s3":{"object":{"key":"canary"}}}]}',
    JSON.stringify({ Records: [{ ...s3Record(), s3: { bucket: { name: 'canary' }, object: { key: '%canary%', size: 'canary' } } }] }),
    '{"fileId":"canary@example.com","canary":"canary"}', `{"fileId":"${'0'.repeat(32)}","canary":"canary"}`,
  ])('%j', async (body) => {
    await check(body);
    await extract(body);
    expect(loggedEntries().length).toBeGreaterThan(0);
    expect(sentMessages().length).toBeGreaterThan(0);
  });
});

describe('a question about files tells the log nothing', () => {
  const ask = (query: Record<string, string> | null, fileId?: string) =>
    queryFiles(apiRequest({ queryStringParameters: query, pathParameters: fileId === undefined ? null : { fileId } }));

  test('of names of files, and of what was asked', async () => {
    await send(MIXED);
    const [{ fileId }] = aws.files.records;
    const { body } = await ask(null, fileId);
    expect(body).toMatch(/canary/i);
    const queries: Record<string, string>[] = [
      { state: 'COMPLETED' }, { state: 'canary' }, { canary: 'canary' }, { state: 'COMPLETED', limit: 'canary', nextToken: 'canary' },
    ];
    for (const query of queries) await ask(query);
    await ask(null, 'canary@example.com');
  });

  test('when the table fails', async () => {
    aws.crossing = failing(() => true, trouble);
    expect(await ask(null, '0'.repeat(32))).toMatchObject({ statusCode: 503 });
    expect(await ask({ state: 'COMPLETED' })).toMatchObject({ statusCode: 503 });
    expect(loggedText()).toContain('ThrottlingException');
  });
});
