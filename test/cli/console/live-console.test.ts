import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, QueryCommand as RawQueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { filledQueue, OPERATOR, sampleAws, sampleContext, samplePipeline } from './sample-console';
import type { ConsoleContext } from '../../../cli/console/console-context';
import { LiveConsole } from '../../../cli/console/live-console';
import { toAttributes } from '../../../handlers/aws/attribute-values';
import { toHistoryItem } from '../../../handlers/aws/history-items';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';

const document = mockClient(DynamoDBDocumentClient);
const dynamoDb = mockClient(DynamoDBClient);
const consoles: LiveConsole[] = [];
beforeEach(() => {
  document.reset();
  dynamoDb.reset();
  document.on(QueryCommand).resolves({ Items: [] });
  document.on(GetCommand).resolves({});
  dynamoDb.on(RawQueryCommand).resolves({ Items: [] });
});
afterEach(async () => { await Promise.all(consoles.splice(0).map((each) => each.close())); });

function open(changes: Partial<ConsoleContext> = {}, options: { readonly endpoint?: string; readonly once?: boolean } = {}) {
  const console = new LiveConsole({ context: sampleContext(changes), allowsChanges: true, once: true, ...options });
  consoles.push(console);
  return console;
}

const ITEM = {
  orderId: 'order-1',
  status: 'CONFIRMED',
  version: 2,
  revision: 3,
  sequence: 2,
  customerId: 'anna',
  currency: 'EUR',
  total: 1890,
  listKey: '2026#order-1',
  createdAt: '2026-03-01T12:00:00.000Z',
  updatedAt: '2026-03-01T12:00:01.000Z',
  order: { customerId: 'anna', notes: 'ring' },
  placement: { commandId: 'c', fingerprint: 'f' },
  pending: { 5: { type: 'CancelOrder', until: 1_800_000_000 } },
};
const record = (type: string, version: number, changes: object = {}) => ({
  orderId: 'order-1',
  eventId: `${type}-${version}`,
  occurredAt: `2026-03-01T12:00:0${version}.000Z`,
  listKey: `2026-03-01T12:00:0${version}`,
  type,
  metadata: { commandId: 'c', sequence: 1, version, correlationId: 'x', channel: 'api' },
  data: { order: { notes: `version ${version}` } },
  ...changes,
});
/** Contents that the table has compressed. */
const LARGE = { data: { order: { notes: 'a large order '.repeat(100) } } };
const itemOf = (each: ReturnType<typeof record>) => toHistoryItem(each as unknown as HistoryRecord);
/** The document client returns binary values as they are; the JSON of a stream has them in Base64. */
const scanned = (each: ReturnType<typeof record>) => unmarshall(itemOf(each));
const inBase64 = (_: string, value: unknown): unknown =>
  ((value as { type?: string } | null)?.type === 'Buffer' ? Buffer.from((value as { data: number[] }).data).toString('base64') : value);
const hasOrder = () => {
  document.on(GetCommand).resolves({ Item: ITEM });
  dynamoDb.on(RawQueryCommand).resolves({ Items: [record('OrderValidated', 0), record('OrderConfirmed', 1), record('OrderChanged', 2)].map((each) => toAttributes(each)) });
};

test('describes the pipeline, with the standard model or with that of the app', async () => {
  expect(await open().describe()).toMatchObject({ stack: 'Shop', pipeline: 'Orders', allowsChanges: true, hasFiles: true, hasHistory: true, missingPermissions: [], orderModel: { schema: { type: 'object' }, example: { currency: 'EUR' } } });
  const model = { orderId: '/number', example: { buyer: 'Anna' }, schema: { type: 'object', title: 'Flowers' } };
  expect((await open({ pipeline: samplePipeline({ model, bucket: undefined }) }).describe())).toMatchObject({ hasFiles: false, orderModel: { schema: { title: 'Flowers' }, example: { buyer: 'Anna' } } });
});

describe('orders', () => {
  test('are found by their ID', async () => {
    hasOrder();
    expect(await open().orders({ orderId: 'order-1' })).toEqual({ orders: [{ orderId: 'order-1', status: 'CONFIRMED', version: 2, customerId: 'anna', total: 1890, currency: 'EUR', updatedAt: ITEM.updatedAt }] });
    expect(await open().orders({ orderId: 'not an id' })).toEqual({ orders: [] });
  });

  test('are listed by a customer, page by page', async () => {
    const items = Array.from({ length: 30 }, (_, index) => ({ ...ITEM, orderId: `order-${index}`, listKey: `2026-03-01T12:00:${10 + index}.000Z#order-${index}` }));
    // All orders of the customer are in the first shard.
    let reads = 0;
    document.on(QueryCommand).callsFake(() => ({ Items: reads++ === 0 ? items.toReversed() : [] }));
    const { orders, cursor } = await open().orders({ customerId: 'anna' });
    expect([orders.length, orders[0].orderId]).toEqual([25, 'order-29']);
    document.reset();
    document.on(QueryCommand).resolves({ Items: [] });
    await open().orders({ customerId: 'anna', cursor });
    expect(document.commandCalls(QueryCommand)[0].args[0].input.ExpressionAttributeValues![':newest']).toMatch(/^2026-03-01T12:00:15\.000Z#order-/);
  });

  test('fail when the pipeline has no index for the search, or the tenant is missing', async () => {
    await expect(open({ pipeline: samplePipeline({ listsBy: ['status'] }) }).orders({ customerId: 'anna' })).rejects.toMatchObject({ status: 400 });
    await expect(open().orders({})).rejects.toMatchObject({ status: 400 });
    await expect(open({ pipeline: samplePipeline({ hasTenants: true }) }).orders({ status: 'CONFIRMED' })).rejects.toMatchObject({ status: 400, errors: [{ path: 'tenant' }] });
    await expect(open().orders({ status: 'CONFIRMED', tenant: 'acme' })).rejects.toMatchObject({ status: 400, errors: [{ path: 'tenant' }] });
    await expect(open({ pipeline: samplePipeline({ tables: {} }) }).orders({ status: 'CONFIRMED' })).rejects.toMatchObject({ status: 404 });
  });

  test('have their history, versions, pending commands and dead letters', async () => {
    hasOrder();
    const deadLetterQueues = filledQueue({ commandType: 'PlaceOrder', orderId: 'order-1', commandId: 'c' }, { commandType: 'PlaceOrder', orderId: 'other' });
    const order = await open({ aws: sampleAws({ deadLetterQueues }) }).order({ orderId: 'order-1' });
    expect(order).toMatchObject({
      masked: false,
      summary: { orderId: 'order-1', status: 'CONFIRMED' },
      order: { orderId: 'order-1', order: { notes: 'ring' } },
      versions: [{ version: 1, order: { notes: 'version 1' } }, { version: 2, order: { notes: 'version 2' } }],
      pendingCommands: [{ command: 'CancelOrder', sequence: 5, until: '2027-01-15T08:00:00.000Z' }],
      deadLetters: [{ queue: 'orders', messageId: 'message-0', orderId: 'order-1', receiveCount: 3, reason: 'failed 5 times' }],
    });
    expect(order.timeline.map(({ type, by }) => [type, by])).toEqual([['OrderValidated', 'caller of the API'], ['OrderConfirmed', 'caller of the API'], ['OrderChanged', 'caller of the API']]);
    expect(order.order).not.toHaveProperty('revision');
  });

  test('are masked without --show-contents', async () => {
    hasOrder();
    const order = await open({ showsContents: false }).order({ orderId: 'order-1' });
    expect(JSON.stringify(order)).not.toMatch(/anna|ring|version \d|1890/);
    expect(order).toMatchObject({ masked: true, order: { orderId: 'order-1', status: 'CONFIRMED', version: 2, order: { notes: '•••' } }, versions: [{ version: 1, order: { notes: '•••' } }, {}] });
  });

  test('that are in a dead-letter queue only, or nowhere', async () => {
    const deadLetterQueues = filledQueue({ commandType: 'PlaceOrder', orderId: 'lost-1' });
    expect(await open({ aws: sampleAws({ deadLetterQueues }) }).order({ orderId: 'lost-1' })).toMatchObject({ summary: { orderId: 'lost-1', status: 'AWAITED' }, order: {}, deadLetters: [{ orderId: 'lost-1' }] });
    await expect(open().order({ orderId: 'nothing' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('files', () => {
  const FILE = {
    fileId: 'f'.repeat(32),
    key: 'incoming/a.json',
    bucket: 'bucket',
    state: 'COMPLETED',
    receivedAt: '2026-03-01T12:00:00.000Z',
    size: 7,
    counts: { orders: 2, valid: 1, invalid: 1, repeated: 0 },
    errors: [{ index: 1, line: 2, offset: 3, orderId: 'b', path: '/x', code: 'REQUIRED', message: 'is required' }],
    outcomes: { confirmed: 1, changed: 0, unchanged: 0, rejected: 0 },
    progress: { sent: 1 },
  };
  const REPORT = ['{"index":0,"line":1,"offset":0,"orderId":"order-1","outcome":"VALID"}', '{"index":1,"line":2,"offset":3,"outcome":"INVALID","errors":[{"path":"/x","code":"REQUIRED","message":"is required"}]}'];

  test('are listed in a state, or the newest of all states', async () => {
    document.on(QueryCommand).resolves({ Items: [FILE] });
    expect(await open().files({ state: 'COMPLETED' })).toEqual({ files: [{ fileId: FILE.fileId, key: 'incoming/a.json', state: 'COMPLETED', size: 7, receivedAt: FILE.receivedAt, counts: { total: 2, valid: 1, invalid: 1 }, sent: 1, outcomes: { confirmed: 1, changed: 0, unchanged: 0, rejected: 0, pending: 0 } }] });
    expect((await open().files({})).files).toHaveLength(5);
    await expect(open().files({ state: 'unknown' })).rejects.toMatchObject({ status: 400 });
    await expect(open({ pipeline: samplePipeline({ tables: {} }) }).files({})).rejects.toMatchObject({ status: 404 });
  });

  test('of all tenants are those of the table', async () => {
    const scan = async () => ({ items: [{ ...FILE, part: 'FILE', tenant: 'acme' }, { fileId: FILE.fileId, part: 'OUTCOMES#000000' }] });
    expect((await open({ pipeline: samplePipeline({ hasTenants: true }), aws: sampleAws({ scan }) }).files({})).files).toMatchObject([{ tenant: 'acme' }]);
  });

  test('have their errors, rejected orders, report and orders', async () => {
    document.on(GetCommand, { TableName: 'files' }).resolves({ Item: FILE });
    document.on(GetCommand, { TableName: 'orders' }).resolves({ Item: ITEM });
    document.on(QueryCommand).resolves({ Items: [{ fileId: FILE.fileId, index: 0, orderId: 'order-1', code: 'DUPLICATE_ORDER_ID', reason: 'it exists' }] });
    const console = open({ aws: sampleAws({ download: async () => Readable.from([`${REPORT.join('\n')}\n`]) }) });
    expect(await console.file(FILE.fileId)).toMatchObject({ errors: [{ line: 2, orderId: 'b', path: '/x', message: 'is required' }], rejectedOrders: [{ orderId: 'order-1', reason: 'DUPLICATE_ORDER_ID: it exists' }], hasReport: true });
    expect(await text(await console.report(FILE.fileId))).toBe(`${REPORT.join('\n')}\n`);
    expect(await console.orders({ fileId: FILE.fileId })).toEqual({ orders: [expect.objectContaining({ orderId: 'order-1', status: 'CONFIRMED' }), { orderId: 'line 2', status: 'INVALID', reason: '/x REQUIRED' }] });
    expect(await console.orders({ fileId: FILE.fileId, cursor: '1' })).toEqual({ orders: [expect.objectContaining({ orderId: 'line 2' })] });
    await expect(console.file('nothing')).rejects.toMatchObject({ status: 404 });
  });

  test('of many orders have pages', async () => {
    document.on(GetCommand, { TableName: 'files' }).resolves({ Item: FILE });
    const lines = Array.from({ length: 60 }, (_, index) => `{"index":${index},"line":${index},"offset":0,"outcome":"INVALID"}\n`);
    const { orders, cursor } = await open({ aws: sampleAws({ download: async () => Readable.from(lines) }) }).orders({ fileId: FILE.fileId });
    expect([orders.length, cursor]).toEqual([50, '50']);
  });

  test('have no report while they are checked', async () => {
    document.on(GetCommand).resolves({ Item: { ...FILE, state: 'RECEIVED', counts: undefined, outcomes: undefined, errors: undefined } });
    await expect(open().report(FILE.fileId)).rejects.toMatchObject({ status: 409 });
    expect(await open().file(FILE.fileId)).toMatchObject({ hasReport: false, errors: [] });
  });

  test('are uploaded below incoming/, with tenants below the folder of the tenant', async () => {
    const uploads: unknown[] = [];
    const upload = async (...[bucket, key, , size]: unknown[]) => { uploads.push([bucket, key, size]); };
    const aws = sampleAws({ upload: upload as never });
    await open({ aws }).upload('a file.json', undefined, Readable.from([]), 7);
    await open({ aws, pipeline: samplePipeline({ hasTenants: true }) }).upload('a.json', 'acme', Readable.from([]), 8);
    expect(uploads).toEqual([['bucket', 'incoming/a file.json', 7], ['bucket', 'incoming/acme/a.json', 8]]);
  });

  test.each(['../reports/a.json', 'a/b.json', '.hidden', '', 'a\u0000.json', 'x'.repeat(201)])('fail when they are named %p', async (name) => {
    await expect(open().upload(name, undefined, Readable.from([]), 1)).rejects.toMatchObject({ status: 400 });
  });

  test.each([undefined, '../x', 'a/b'])('fail when the tenant is %p', async (tenant) => {
    await expect(open({ pipeline: samplePipeline({ hasTenants: true }) }).upload('a.json', tenant, Readable.from([]), 1)).rejects.toMatchObject({ status: 400 });
  });
});

describe('dead letters', () => {
  test('are listed without contents, and visible again at once', async () => {
    const deadLetterQueues = filledQueue({ commandType: 'PlaceOrder', orderId: 'order-1', correlationId: 'x', payload: { customerId: 'anna' } }, 'not JSON');
    const { queues } = await open({ aws: sampleAws({ deadLetterQueues }) }).deadLetters();
    expect(queues).toMatchObject([{ queue: 'orders', count: 2, redrivable: true, hasMore: false, messages: [{ messageId: 'message-0', orderId: 'order-1', correlationId: 'x' }, { messageId: 'message-1', reason: 'failed 5 times' }] }]);
    expect(JSON.stringify(queues)).not.toContain('anna');
    expect(deadLetterQueues.released).toEqual(['handle-0', 'handle-1']);
  });

  test('fail when their queue cannot be read', async () => {
    const deadLetterQueues = { ...filledQueue({}), receive: () => Promise.reject(Object.assign(new Error('no'), { name: 'QueueDoesNotExist' })) };
    await expect(open({ aws: sampleAws({ deadLetterQueues }) }).deadLetters()).rejects.toMatchObject({ status: 502, detail: expect.stringContaining('QueueDoesNotExist') });
  });

  const report = (changes: object) => ({ queue: 'orders', count: 1, received: 1, sentDuringRun: 0, matching: 1, moved: 0, failed: 0, messages: [], ...changes });

  test('are redriven by the function of the pipeline, with the operator', async () => {
    const requests: Record<string, unknown>[] = [];
    const invoke = async (name: string, request: object) => {
      requests.push({ name, ...request });
      return { queues: [report((request as { action: string }).action === 'count' ? {} : { moved: 1 })], startedAt: 5, unpublished: 0 };
    };
    expect(await open({ invoke }).redrive({ queue: 'orders', messageIds: ['message-0'] })).toEqual({ moved: 1, failed: 0, remaining: 0, notes: [] });
    expect(requests).toMatchObject([{ name: 'redrive', action: 'count', queue: 'orders' }, { action: 'redrive', dryRun: false, queue: 'orders', messageIds: ['message-0'], requestedBy: OPERATOR, startedAt: 5 }]);
  });

  test('that are not moved have the reasons', async () => {
    const messages = [{ id: '1', age: 1, receiveCount: 1, reason: 'x', state: 'NOT_REDRIVABLE', stateReason: 'its source is gone' }];
    const invoke = async (_: string, request: object) => ({ queues: [report((request as { action: string }).action === 'count' ? {} : { stopReason: 'ERROR', error: 'AccessDenied', messages })], startedAt: 5, unpublished: 0 });
    expect(await open({ invoke }).redrive({})).toMatchObject({ moved: 0, notes: ['orders: the command ended before this queue was done (AccessDenied)', 'orders: its source is gone'] });
  });

  test('fail when the queue is unknown, or the pipeline has no function for it', async () => {
    await expect(open().redrive({ queue: 'other' })).rejects.toMatchObject({ status: 404 });
    await expect(open({ pipeline: samplePipeline({ redriveFunction: undefined }) }).redrive({})).rejects.toMatchObject({ status: 409 });
  });
});

describe('the status', () => {
  const history = [record('OrderValidated', 0), record('OrderConfirmed', 1)];

  test('has the queues, the totals and what needs attention', async () => {
    const deadLetterQueues = filledQueue('poison');
    const queueStatus = async (url: string) => ({ visible: url.endsWith('orders-dlq') ? 1 : 0, inFlight: url.endsWith('/orders') ? 2 : 0, delayed: 0 });
    const aws = sampleAws({ deadLetterQueues, queueStatus, scan: async () => ({ items: history }), metrics: { functionErrors: async () => ({ 'change-order': 3 }), oldestMessageAges: async () => ({}) } });
    expect(await open({ aws }).status()).toMatchObject({
      queues: { OrdersQueue: { inFlight: 2 }, OrdersDeadLetterQueue: { visible: 1 } },
      functionErrors: { ChangeOrder: 3 },
      totals: { accepted: 2, confirmed: 1, deadLettered: 1, unaccounted: 0 },
      inFlight: 2,
      deadLettered: 1,
      attention: [{ text: '1 message in the dead-letter queue "orders"', view: 'dead-letters', resource: 'OrdersDeadLetterQueue' }],
    });
  });

  test('states lost orders and files that are not processed, first the orders', async () => {
    const lost = { ...record('OrderValidated', 0), occurredAt: '2026-03-01T12:00:00.000Z' };
    document.on(QueryCommand).resolves({ Items: [] });
    document.on(QueryCommand, { ExpressionAttributeValues: { ':state': 'EXTRACTING' } }).resolves({ Items: [{ fileId: 'f', receivedAt: '2026-01-01T00:00:00.000Z', state: 'EXTRACTING' }] });
    const { attention } = await open({ aws: sampleAws({ scan: async () => ({ items: [lost] }) }) }).status();
    expect(attention).toEqual([{ text: '1 accepted order without a known outcome', view: 'orders' }, { text: '1 file not processed after 15 minutes', view: 'files' }]);
  });

  test('of pages that are open at the same time is read once', async () => {
    const queueStatus = jest.fn(async () => ({ visible: 0, inFlight: 0, delayed: 0 }));
    const console = open({ aws: sampleAws({ queueStatus }) });
    await Promise.all([console.status(), console.status()]);
    expect(queueStatus).toHaveBeenCalledTimes(3);
  });

  test('counts from the start when the history is long', async () => {
    const scan = async () => ({ items: history, next: { orderId: 'more' } });
    const console = open({ aws: sampleAws({ scan }) });
    expect((await console.status()).totals).toMatchObject({ accepted: 0, since: expect.stringMatching(/^\d{4}-/) });
    expect((await console.events({})).note).toContain('The history is too long');
  });

  test('without a history has no totals', async () => {
    const console = open({ pipeline: samplePipeline({ tables: { orders: 'orders' } }) });
    expect((await console.status()).totals).toBeUndefined();
    expect(await console.events({})).toEqual({ events: [], note: 'The pipeline has no history: its prop `history` is false.' });
  });

  test('leaves out what the operator may not read, and states the permissions', async () => {
    const denied = (action: string) => () => Promise.reject(Object.assign(new Error(`User: x is not authorized to perform: ${action} on resource: arn:y`), { name: 'AccessDeniedException' }));
    const console = open({ aws: sampleAws({ queueStatus: denied('sqs:GetQueueAttributes'), scan: denied('dynamodb:Scan'), metrics: { functionErrors: denied('cloudwatch:GetMetricData'), oldestMessageAges: denied('cloudwatch:GetMetricData') } }) });
    expect(await console.status()).toMatchObject({ queues: {}, functionErrors: {}, inFlight: 0 });
    expect((await console.describe()).missingPermissions.toSorted()).toEqual(['cloudwatch:GetMetricData on arn:y', 'dynamodb:Scan on arn:y', 'sqs:GetQueueAttributes on arn:y']);
  });
});

describe('events', () => {
  test('are the latest ones, newest first, by type', async () => {
    const console = open({ aws: sampleAws({ scan: async () => ({ items: [record('OrderConfirmed', 1), record('OrderValidated', 0), { orderId: 'order-1', listKey: 'position#x' }] }) }) });
    expect((await console.events({})).events.map(({ type }) => type)).toEqual(['OrderConfirmed', 'OrderValidated']);
    expect((await console.events({ type: 'OrderValidated' })).events).toHaveLength(1);
    expect((await console.events({ tenant: 'acme' })).events).toEqual([]);
  });

  test('with compressed contents are read and counted as others are', async () => {
    const items = [scanned(record('OrderValidated', 0, LARGE)), scanned(record('OrderConfirmed', 1, LARGE))];
    expect(Object.keys(items[0])).toContain('contents');
    const console = open({ aws: sampleAws({ scan: async () => ({ items }) }) });
    expect((await console.events({})).events.map(({ correlationId }) => correlationId)).toEqual(['x', 'x']);
    expect((await console.status()).totals).toMatchObject({ accepted: 1, confirmed: 1, unaccounted: 0 });
  });

  test('of an order are those of its history', async () => {
    hasOrder();
    expect((await open().events({ orderId: 'order-1' })).events.map(({ type }) => type)).toEqual(['OrderChanged', 'OrderConfirmed', 'OrderValidated']);
  });

  test('arrive from the stream of the history, once each', async () => {
    const images = [record('OrderValidated', 0), record('OrderConfirmed', 1, LARGE), record('OrderConfirmed', 1, LARGE)]
      .map((each) => ({ eventName: 'INSERT', dynamodb: { NewImage: JSON.parse(JSON.stringify(itemOf(each), inBase64)) } }));
    const position = { eventName: 'INSERT', dynamodb: { NewImage: toAttributes({ orderId: 'o', listKey: 'position#x' }) } };
    let reads = 0;
    const streams = async (operation: string, input: { ShardId?: string }) => {
      if (operation === 'DescribeStream') return { StreamDescription: { Shards: [{ ShardId: 's' }] } };
      if (operation === 'GetShardIterator') return { ShardIterator: `iterator of ${input.ShardId!}` };
      return { Records: reads++ === 0 ? [...images, position, { eventName: 'REMOVE', dynamodb: {} }] : [], NextShardIterator: 'next' };
    };
    const console = open({ aws: sampleAws({ streamArn: async () => 'arn', streams: streams as never }) }, { once: false });
    const received: string[] = [];
    await new Promise<void>((resolve) => {
      console.onEvent(({ type }) => {
        received.push(type);
        if (received.length === 2) resolve();
      });
    });
    expect(received).toEqual(['OrderValidated', 'OrderConfirmed']);
    expect((await console.status()).totals).toMatchObject({ accepted: 1, confirmed: 1, unaccounted: 0 });
  });
});

describe('commands', () => {
  const api = { url: 'https://api.example', headers: [{ name: 'x-api-key', value: 'secret' }], apiKeyId: 'key-1' };
  function withApi(changes: Partial<ConsoleContext> = {}, status = 202, body: object = { orderId: 'order-1' }) {
    const requests: { url: string; method?: string; headers: Record<string, string>; body?: string }[] = [];
    const fetch = async (url: string, { method, headers, body: sent }: RequestInit) => {
      requests.push({ url, method, headers: Object.fromEntries(headers as [string, string][]), body: sent as string });
      return new Response(JSON.stringify(body), { status });
    };
    return { requests, console: open({ api, fetch: fetch as never, ...changes }) };
  }

  test('go to the API with the key and the operator in the correlation ID', async () => {
    const { requests, console } = withApi();
    expect(await console.send({ command: 'place', order: { customerId: 'anna' } })).toMatchObject({ status: 202, orderId: 'order-1', correlationId: expect.stringMatching(/^console:arn:aws:iam::111122223333:user:bob:/) });
    await console.send({ command: 'place', order: { orderId: 'order-2' } });
    await console.send({ command: 'change', orderId: 'order-1', change: { notes: 'x' } });
    await console.send({ command: 'cancel', orderId: 'order-1', cancellation: { reason: 'y' } });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.example/orders', 'POST https://api.example/orders', 'PATCH https://api.example/orders/order-1', 'POST https://api.example/orders/order-1/cancellation',
    ]);
    expect(requests.map(({ headers }) => headers['Idempotency-Key'] !== undefined)).toEqual([true, false, false, false]);
    expect(requests[2]).toMatchObject({ headers: { 'Content-Type': 'application/merge-patch+json', 'x-api-key': 'secret' }, body: '{"notes":"x"}' });
    expect(new Set(requests.map(({ headers }) => headers['X-Correlation-Id'])).size).toBe(4);
  });

  test('that the API refuses have its errors', async () => {
    const { console } = withApi({}, 400, { detail: 'the order is not valid', errors: [{ path: '/items', code: 'REQUIRED', message: 'is required' }] });
    expect(await console.send({ command: 'place', order: {} })).toMatchObject({ status: 400, problem: { status: 400, title: 'the order is not valid', errors: [{ path: '/items', message: 'is required' }] } });
  });

  const withBus = (changes: Partial<ConsoleContext> = {}) => {
    const events: { bus: string; type: string; detail: { metadata: Record<string, unknown>; data: unknown } }[] = [];
    const publish = async (bus: string, event: object) => { events.push({ bus, ...event } as never); };
    return { events, console: open({ aws: sampleAws({ publish: publish as never }), ...changes }) };
  };

  test('go to the bus without credentials for the API, and with tenants', async () => {
    const { events, console } = withBus({ pipeline: samplePipeline({ hasTenants: true }), api });
    await console.send({ command: 'place', tenant: 'acme', order: { orderId: 'order-1' } });
    await console.send({ command: 'change', tenant: 'acme', orderId: 'order-1', change: { notes: 'x' } });
    await console.send({ command: 'cancel', tenant: 'acme', orderId: 'order-1', cancellation: { reason: 'y' } });
    const published = events.map(({ bus, type, detail: { metadata, data } }) =>
      [bus, type, metadata.orderId, metadata.tenant, metadata.pipeline, data]);
    expect(published).toEqual([
      ['bus', 'OrderPlacementRequested', 'order-1', 'acme', 'Shop/Orders', { order: { orderId: 'order-1' } }],
      ['bus', 'OrderChangeRequested', 'order-1', 'acme', 'Shop/Orders', { patch: { notes: 'x' } }],
      ['bus', 'OrderCancellationRequested', 'order-1', 'acme', 'Shop/Orders', { reason: 'y' }],
    ]);
  });

  test('of operators with credentials of their own go to the API for a tenant', async () => {
    const { requests, console } = withApi({ pipeline: samplePipeline({ hasTenants: true }), api: { ...api, apiKeyId: undefined } });
    await console.send({ command: 'place', tenant: 'acme', order: { orderId: 'order-1' } });
    expect(requests[0].url).toBe('https://api.example/orders?tenant=acme');
  });

  test('on the bus, an order without an ID gets one', async () => {
    const { console } = withBus();
    expect((await console.send({ command: 'place', order: {} })).orderId).toMatch(/^[0-9a-f]{32}$/);
  });

  test('fail when they are not objects, have an invalid ID, or the pipeline does not accept them', async () => {
    const { console } = withBus();
    await expect(console.send({ command: 'place', order: [] })).rejects.toMatchObject({ status: 400 });
    await expect(console.send({ command: 'place', order: { orderId: 'a b' } })).rejects.toMatchObject({ status: 400 });
    await expect(console.send({ command: 'cancel', orderId: 'a b', cancellation: {} })).rejects.toMatchObject({ status: 400 });
    await expect(withBus({ pipeline: samplePipeline({ resources: [] }) }).console.send({ command: 'place', order: {} })).rejects.toMatchObject({ status: 409 });
    await expect(withBus({ pipeline: samplePipeline({ bus: undefined }) }).console.send({ command: 'place', order: {} })).rejects.toMatchObject({ status: 409 });
  });
});

describe('faults', () => {
  const endpoint = 'http://127.0.0.1:1';
  function withFunction() {
    const variables: Record<string, string>[] = [];
    const original = { ORDERS_TABLE_NAME: 'orders', RETRY_DURATION: '86400' };
    const aws = sampleAws({
      environment: async () => original,
      setEnvironment: async (_, set) => { variables.push({ ...set }); },
      sendMessage: async () => undefined,
      publish: async () => undefined,
    });
    return { variables, original, console: open({ aws }, { endpoint }) };
  }

  test('are not available on AWS', async () => {
    await expect(open().faults()).rejects.toMatchObject({ status: 404 });
    await expect(open().startFault('fail-process-order')).rejects.toMatchObject({ status: 404 });
    await expect(open({}, { endpoint }).startFault('unknown' as never)).rejects.toMatchObject({ status: 404 });
  });

  test('that last are undone when they are ended, and when the console ends', async () => {
    const { console, variables, original } = withFunction();
    await console.startFault('throttle-orders-table');
    await console.startFault('throttle-orders-table');
    const { faults } = await console.startFault('fail-process-order');
    expect(faults.map(({ fault, active }) => [fault, active])).toEqual([['throttle-orders-table', true], ['fail-process-order', true], ['poison-messages', false], ['duplicate-burst', false]]);
    expect(variables[0]).toEqual({ ...original, RETRY_DURATION: '10', AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    const throttled = await fetch(variables[0].AWS_ENDPOINT_URL_DYNAMODB, { method: 'POST', body: '{"orderId":"order-1"}' });
    expect([throttled.status, (await throttled.json() as { __type: string }).__type]).toEqual([400, 'com.amazonaws.dynamodb.v20120810#ThrottlingException']);
    expect(variables[1]).not.toHaveProperty('ORDERS_TABLE_NAME');
    await console.endFault('throttle-orders-table');
    expect(variables[2]).toEqual({ RETRY_DURATION: '86400' });
    await console.close();
    expect(variables[3]).toEqual(original);
  });

  test('that happen once do not stay active', async () => {
    const { console } = withFunction();
    expect((await console.startFault('poison-messages')).faults.some(({ active }) => active)).toBe(false);
  });

  test('a burst sends 10 orders 6 times each', async () => {
    const orders: string[] = [];
    const publish = async (_: string, { detail: { metadata } }: { detail: { metadata: { orderId: string } } }) => { orders.push(metadata.orderId); };
    await open({ aws: sampleAws({ publish: publish as never }) }, { endpoint }).startFault('duplicate-burst');
    expect([orders.length, new Set(orders).size]).toEqual([60, 10]);
  });
});
