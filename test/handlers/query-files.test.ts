import '../support/handler-env';
import { outcomeStore } from '../../handlers/aws/file-outcomes-table';
import { handler } from '../../handlers/query-files';
import { chunkOf, recordInChunk, type RecordedOutcome } from '../../handlers/shared';
import { apiRequest } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeAws } from '../support/fake-aws';
import { failing } from '../support/invocation';
import { checkedFile, fileIdOf, FILE_TIME, receivedFile } from '../support/sample-files';
import { tampered } from '../support/tampered';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});

type Query = Record<string, string> | null;
const getFile = (fileId: string) => apiRequest({ pathParameters: { fileId } });
const getFiles = (queryStringParameters: Query) => apiRequest({ queryStringParameters });

const answerTo = async (event: Parameters<typeof handler>[0]) => {
  const { statusCode, headers = {}, body } = await handler(event);
  return { statusCode, headers, body: JSON.parse(body) };
};

describe('a file with a record', () => {
  test('is returned with 200, its state, counts, errors and report, without internal attributes', async () => {
    const file = checkedFile({ notified: true, checksum: 'c'.repeat(64) });
    aws.files.seed(file);

    const { statusCode, headers, body } = await answerTo(getFile(fileIdOf(1)));
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'X-Correlation-Id': 'request-1' });
    const { notified, expiresAt, limits, onExistingOrder, etag, ...view } = file;
    expect(body).toEqual({
      ...view,
      sent: 0,
      outcomes: { confirmed: 0, changed: 0, unchanged: 0, rejected: 0, pending: 3 },
      report: { bucket: 'files', key: `reports/${fileIdOf(1)}.ndjson`, summaryKey: `reports/${fileIdOf(1)}.summary.json` },
    });
  });

  test('is read with strong consistency', async () => {
    aws.files.seed(receivedFile());
    await handler(getFile(fileIdOf(1)));

    expect(aws.calls).toEqual([{ name: 'Get', input: { TableName: 'files-table', Key: { fileId: fileIdOf(1), part: 'FILE' }, ConsistentRead: true } }]);
  });

  test('is logged by its ID only', async () => {
    aws.files.seed(checkedFile({ key: 'incoming/canary', uploadedBy: 'canary' }));
    await handler(getFile(fileIdOf(1)));

    expect(loggedEntries()[0].outcomes).toEqual([{ outcome: 'FileRead', fileId: fileIdOf(1), correlationId: 'request-1' }]);
    expect(loggedText()).not.toContain('canary');
  });
});

describe('the outcomes of the orders of a file', () => {
  const store = outcomeStore('files-table');
  const record = (orders: number, outcomeAt: (index: number) => RecordedOutcome['outcome'] | undefined) => {
    const outcomes = Array.from({ length: orders }, (_, index) => ({ index, outcome: outcomeAt(index) }))
      .filter(({ outcome }) => outcome !== undefined)
      .map(({ index, outcome }) => ({
        fileId: fileIdOf(1),
        orderId: `order-${index}`,
        index,
        outcome: outcome!,
        at: FILE_TIME,
        ...(outcome === 'REJECTED' ? { rejection: { code: 'DUPLICATE_ORDER_ID', reason: 'taken', errors: [] } } : {}),
      }));
    const chunks = [...Map.groupBy(outcomes, ({ index }) => chunkOf(index))];
    return Promise.all(chunks.map(([chunk, of]) => recordInChunk(aws.files.record(fileIdOf(1)), chunk, of, store)));
  };
  const counts = { orders: 5000, valid: 4990, repeated: 0, invalid: 10 };
  const getOrders = (query: Query, fileId = fileIdOf(1)) =>
    apiRequest({ resource: '/files/{fileId}/orders', pathParameters: { fileId }, queryStringParameters: query });

  test.each(['VALIDATED', 'EXTRACTING', 'COMPLETED'] as const)('are counted over all chunks and pages while some are pending: %s', async (state) => {
    aws.files.seed(checkedFile({ state, counts }));
    aws.files.pageSize = 2;
    await record(5000, (index) => (index % 100 === 0 ? 'REJECTED' : index % 100 === 1 ? 'UNCHANGED' : index < 4500 ? 'CONFIRMED' : undefined));

    expect((await answerTo(getFile(fileIdOf(1)))).body.outcomes).toEqual({ confirmed: 4410, changed: 0, unchanged: 50, rejected: 50, pending: 480 });
  });

  test('are those of the record, without a second read, when all are known', async () => {
    aws.files.seed(checkedFile({ state: 'COMPLETED', counts, outcomes: { confirmed: 4989, changed: 0, unchanged: 0, rejected: 1 }, processedAt: FILE_TIME, outcomesNotified: true }));

    const { body } = await answerTo(getFile(fileIdOf(1)));
    expect(body).toMatchObject({ outcomes: { confirmed: 4989, changed: 0, unchanged: 0, rejected: 1, pending: 0 }, processedAt: FILE_TIME });
    expect(body).not.toHaveProperty('outcomesNotified');
    expect(aws.calls.map(({ name }) => name)).toEqual(['Get']);
  });

  test.each([receivedFile(), checkedFile({ state: 'REJECTED', reason: { code: 'INVALID_ORDERS', message: 'no' } })])('are not shown of a file whose orders are not sent: $state', async (file) => {
    aws.files.seed(file);
    expect((await answerTo(getFile(fileIdOf(1)))).body).not.toHaveProperty('outcomes');
  });

  test('are listed page by page for rejected orders, each once and by its index', async () => {
    aws.files.seed(checkedFile({ state: 'COMPLETED', counts }));
    await record(5000, (index) => (index % 500 === 7 ? 'REJECTED' : 'CONFIRMED'));
    const indexes: number[] = [];
    let query: Query = { outcome: 'REJECTED', limit: '3' };
    for (let pages = 0; query && pages < 9; pages++) {
      const { body: { fileId, items, nextToken } } = await answerTo(getOrders(query));
      expect(fileId).toBe(fileIdOf(1));
      indexes.push(...items.map(({ index }: { index: number }) => index));
      query = nextToken ? { outcome: 'REJECTED', limit: '3', nextToken } : null;
    }

    expect(query).toBeNull();
    expect(indexes).toEqual([7, 507, 1007, 1507, 2007, 2507, 3007, 3507, 4007, 4507]);
  });

  test('are listed with code, reason and errors, without internal attributes', async () => {
    aws.files.seed(checkedFile({ state: 'EXTRACTING' }));
    await record(1, () => 'REJECTED');

    expect((await answerTo(getOrders({ outcome: 'REJECTED' }))).body).toEqual({
      fileId: fileIdOf(1),
      items: [{ index: 0, orderId: 'order-0', code: 'DUPLICATE_ORDER_ID', reason: 'taken', errors: [], rejectedAt: FILE_TIME }],
    });
  });

  test('fail with 404 for an unknown or expired file, and with 400 for an invalid query, before the table is read', async () => {
    expect(await answerTo(getOrders({ outcome: 'REJECTED' }))).toMatchObject({ statusCode: 404 });
    aws.files.seed(checkedFile({ expiresAt: 1 }));
    expect(await answerTo(getOrders({ outcome: 'REJECTED' }))).toMatchObject({ statusCode: 404 });
    aws.calls.length = 0;
    expect(await answerTo(getOrders({ outcome: 'CONFIRMED' }))).toMatchObject({ statusCode: 400, body: { errors: [{ path: 'outcome' }] } });
    expect(aws.calls).toEqual([]);
  });
});

describe('a file without a record', () => {
  test('fails with 404 when it was never uploaded', async () => {
    expect(await answerTo(getFile(fileIdOf(1)))).toMatchObject({ statusCode: 404, body: { type: 'urn:cdk-order-pipeline:problem:file-not-found' } });
  });

  test('fails with 404 when it has expired, even before the table deletes it', async () => {
    aws.files.seed(checkedFile({ expiresAt: 1 }));

    expect(await answerTo(getFile(fileIdOf(1)))).toMatchObject({ statusCode: 404 });
  });

  test.each(['', 'x', fileIdOf(1).toUpperCase().replace('0', 'A'), `${fileIdOf(1)}0`, `${fileIdOf(1)}\n`, '__proto__'])(
    'fails with 404 when %j could be no file\'s id, without asking the table', async (fileId) => {
      expect(await answerTo(getFile(fileId))).toMatchObject({ statusCode: 404 });
      expect(aws.calls).toEqual([]);
    });
});

describe('a list of files', () => {
  const timeOf = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
  const seedFiles = (count: number) =>
    aws.files.seed(...Array.from({ length: count }, (_, n) => checkedFile({ fileId: fileIdOf(n), state: 'COMPLETED', receivedAt: timeOf(n) })));
  const listed = async (query: Query) => {
    const { body } = await answerTo(getFiles(query));
    return { ids: body.items.map(({ fileId }: { fileId: string }) => parseInt(fileId, 16)), nextToken: body.nextToken };
  };

  test('contains the files in one state, newest first', async () => {
    seedFiles(3);
    aws.files.seed(receivedFile({ fileId: fileIdOf(9) }));

    expect(await listed({ state: 'COMPLETED' })).toEqual({ ids: [2, 1, 0], nextToken: undefined });
    expect(await listed({ state: 'RECEIVED' })).toEqual({ ids: [9], nextToken: undefined });
    expect(await listed({ state: 'REJECTED' })).toEqual({ ids: [], nextToken: undefined });
  });

  test('contains 25 files by default', async () => {
    seedFiles(120);

    expect((await listed({ state: 'COMPLETED' })).ids).toHaveLength(25);
    expect((await listed({ state: 'COMPLETED', limit: '100' })).ids).toHaveLength(100);
    expect((await listed({ state: 'COMPLETED', limit: '1' })).ids).toEqual([119]);
  });

  test('is read page by page, with every file once', async () => {
    seedFiles(7);
    const ids: number[] = [];
    let query: Query = { state: 'COMPLETED', limit: '3' };
    for (let pages = 0; query && pages < 9; pages++) {
      const page = await listed(query);
      ids.push(...page.ids);
      query = page.nextToken ? { state: 'COMPLETED', limit: '3', nextToken: page.nextToken } : null;
    }

    expect(query).toBeNull();
    expect(ids).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test('omits expired files, and still has a nextToken', async () => {
    seedFiles(4);
    aws.files.seed({ ...aws.files.record(fileIdOf(3)), expiresAt: 1 });

    const { ids, nextToken } = await listed({ state: 'COMPLETED', limit: '2' });
    expect(ids).toEqual([2]);
    expect((await listed({ state: 'COMPLETED', nextToken })).ids).toEqual([1, 0]);
  });

  test('has the same format as a single file, with the outcomes of orders when all are known', async () => {
    const outcomes = { confirmed: 2, changed: 0, unchanged: 1, rejected: 0 };
    aws.files.seed(checkedFile({ state: 'COMPLETED', outcomes, processedAt: timeOf(9) }), checkedFile({ fileId: fileIdOf(2), state: 'COMPLETED', receivedAt: timeOf(0) }));
    const [{ body: { items } }, { body }] = [await answerTo(getFiles({ state: 'COMPLETED' })), await answerTo(getFile(fileIdOf(1)))];

    expect(items[0]).toEqual(body);
    expect(items[0].outcomes).toEqual({ ...outcomes, pending: 0 });
    expect(items[1]).not.toHaveProperty('outcomes');
  });

  test('fails with 400 and all errors when the query is missing or invalid, without a table request', async () => {
    expect((await answerTo(getFiles(null))).body.errors).toEqual([expect.objectContaining({ path: 'state', code: 'INVALID_STATE' })]);
    expect(await answerTo(getFiles({ state: 'x', limit: '0', nextToken: 'x' }))).toMatchObject({
      statusCode: 400,
      body: { type: 'urn:cdk-order-pipeline:problem:invalid-query', errors: [{ path: 'state' }, { path: 'limit' }, { path: 'nextToken' }] },
    });
    expect(aws.calls).toEqual([]);
  });

  test('fails with 400, and never with 5xx, for a forged token', async () => {
    const key = { fileId: fileIdOf(1), state: 'COMPLETED', receivedAt: timeOf(1) };

    for (const position of [key, { ...key, fileId: '' }, { ...key, receivedAt: '' }]) {
      const nextToken = Buffer.from(JSON.stringify(position)).toString('base64url');
      expect(await answerTo(getFiles({ state: 'COMPLETED', nextToken }))).toMatchObject({ statusCode: 400 });
    }
  });

  test('fails with 400 when any character of its token is changed, or the token is for another state', async () => {
    seedFiles(2);
    const { nextToken } = await listed({ state: 'COMPLETED', limit: '1' });

    for (const other of tampered(nextToken)) expect(await answerTo(getFiles({ state: 'COMPLETED', nextToken: other }))).toMatchObject({ statusCode: 400 });
    expect(await answerTo(getFiles({ state: 'REJECTED', nextToken }))).toMatchObject({ statusCode: 400 });
  });
});

test('fails with 503 and Retry-After when the table is unavailable', async () => {
  aws.crossing = failing(() => true, () => Object.assign(new Error('canary'), { name: 'TimeoutError' }));

  for (const event of [getFile(fileIdOf(1)), getFiles({ state: 'COMPLETED' })]) {
    expect(await answerTo(event)).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  }
  expect(loggedText()).not.toContain('canary');
});
