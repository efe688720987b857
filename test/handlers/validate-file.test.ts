import '../support/handler-env';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FieldError } from '../../handlers/shared/json';
import { handler as validateFile } from '../../handlers/validate-file';
import { toCsvFormat } from '../../src/private/csv-format';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { csvText } from '../support/csv-format';
import { FakeAws } from '../support/fake-aws';
import type { Upload } from '../support/fake-s3';
import { s3Notification, s3Record } from '../support/file-notification';
import { failing, Invocation, makeInvocationsKillable } from '../support/invocation';
import { loadHandler } from '../support/load-handler';
import { ndjson, sampleOrders } from '../support/order-files';
import { sampleOrder } from '../support/sample-order';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

type Handler = (event: SQSEvent, context?: Context) => Promise<SQSBatchResponse>;

const UNHURRIED = { getRemainingTimeInMillis: () => 900_000 } as Context;
const handler: Handler = (event, context = UNHURRIED) => validateFile(event, context);

let aws: FakeAws;
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  aws = new FakeAws();
});

const withSettings = (env: Parameters<typeof loadHandler>[1]): Handler => {
  const loaded = loadHandler<{ handler: typeof validateFile }>('validate-file', env).handler;
  return (event, context = UNHURRIED) => loaded(event, context);
};

const drop = (content: string | Uint8Array, name = 'orders.json'): Upload => aws.s3.upload(`incoming/${name}`, content);
const noticeOf = (...uploads: Upload[]): SQSEvent => sqsEvent(sqsRecord('message-1', s3Notification(...uploads)));

/** Drops a file, lets it be checked, and gives its record. */
async function check(content: string | Uint8Array, validate: Handler = handler) {
  expect(await validate(noticeOf(drop(content)))).toEqual(failed());
  return theFile();
}

const theFile = () => {
  expect(aws.files.records).toHaveLength(1);
  return aws.files.records[0];
};

const reportOf = (fileId: string) => aws.s3.read(`reports/${fileId}.ndjson`).toString().split('\n').slice(0, -1).map((line) => JSON.parse(line));
const summaryOf = (fileId: string) => JSON.parse(aws.s3.read(`reports/${fileId}.summary.json`).toString());
const outcomes = () => loggedEntries().filter(({ message }) => message === 'files checked').flatMap((entry) => entry.outcomes);

/** One valid, the same again, one with its id, one with a wrong total, one that is not an order. */
const MIXED = ndjson([
  sampleOrder({ orderId: 'order-0' }), sampleOrder({ total: 4129, orderId: 'order-0' }), sampleOrder({ orderId: 'order-0', notes: 'other' }),
  sampleOrder({ orderId: 'order-1', total: 1 }), sampleOrder({ orderId: 'not an id' }), sampleOrder({ orderId: 'order-2' }),
]);
const MIXED_OUTCOMES = ['VALID', 'REPEATED', 'INVALID', 'INVALID', 'INVALID', 'VALID'];

describe('a valid file', () => {
  const orders = sampleOrders('order', 3);

  test.each([
    ['an array', JSON.stringify(orders)],
    ['an object', JSON.stringify({ from: 'shop', orders })],
    ['orders on lines', ndjson(orders)],
    ['orders on lines of Windows', ndjson(orders).replaceAll('\n', '\r\n')],
    ['gzip', gzipSync(ndjson(orders))],
    ['an array with a byte order mark', `\uFEFF${JSON.stringify(orders)}`],
  ])('is taken as %s, and every order of it reported', async (_, content) => {
    const file = await check(content);

    expect(file).toMatchObject({ state: 'VALIDATED', counts: { orders: 3, valid: 3, repeated: 0, invalid: 0 }, errors: [], notified: true });
    expect(reportOf(file.fileId)).toMatchObject([0, 1, 2].map((index) => ({ index, orderId: `order-${index}`, outcome: 'VALID' })));
    expect(aws.validFiles.sent).toEqual([JSON.stringify({ fileId: file.fileId })]);
  });

  test('is taken as one order that spans lines', async () => {
    const file = await check(JSON.stringify(orders[0], undefined, 2));

    expect(file).toMatchObject({ state: 'VALIDATED', counts: { orders: 1, valid: 1, repeated: 0, invalid: 0 }, errors: [], notified: true });
    expect(reportOf(file.fileId)).toEqual([{ index: 0, line: 1, offset: 0, orderId: 'order-0', outcome: 'VALID' }]);
  });

  test('is recorded with the policy for existing orders', async () => {
    await withSettings({ ON_EXISTING_ORDER: 'CHANGE' })(noticeOf(drop(JSON.stringify(orders))));

    expect(theFile()).toMatchObject({ state: 'VALIDATED', onExistingOrder: 'CHANGE' });
  });

  test('is recorded with its object, uploader, time and limits', async () => {
    const upload = drop(JSON.stringify(orders), 'a b+(1)%.json');
    const before = Date.now();
    await handler(noticeOf(upload));

    const file = theFile();
    expect(file).toMatchObject({
      fileId: expect.stringMatching(/^[0-9a-f]{32}$/),
      bucket: 'files',
      key: 'incoming/a b+(1)%.json',
      versionId: upload.versionId,
      etag: upload.eTag,
      size: upload.size,
      uploadedBy: 'AWS:AROAEXAMPLE:shop',
      uploadedAt: '2026-01-31T12:00:00.000Z',
      limits: { maxFileSize: 1024 ** 3, maxOrderSize: 128 * 1024, maxOrders: 100_000 },
    });
    expect(Date.parse(file.receivedAt)).toBeGreaterThanOrEqual(before);
    expect(file.expiresAt).toBe(Math.floor(Date.parse(file.receivedAt) / 1000) + 7200);
  });

  test('has the checksum of its stored bytes', async () => {
    const content = gzipSync(ndjson(orders));

    expect((await check(content)).checksum).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('has an event and a summary in the format of the API, and no alert', async () => {
    const { fileId, validatedAt } = await check(ndjson(orders));

    expect(aws.bus.events).toMatchObject([{
      type: 'OrderFileAccepted', metadata: { fileId, correlationId: fileId, occurredAt: validatedAt }, data: { reportKey: `reports/${fileId}.ndjson` },
    }]);
    expect(summaryOf(fileId)).toMatchObject({ fileId, state: 'VALIDATED', sent: 0 });
    expect(aws.alerts.messages).toEqual([]);
    expect(aws.s3.has(`reports/${fileId}.selection`)).toBe(false);
    expect(outcomes()).toEqual([{ outcome: 'FileValidated', fileId }]);
  });

  test('is read at the version in its notification, even after another upload', async () => {
    const first = drop(ndjson(orders));
    drop(ndjson(sampleOrders('later', 9)));
    await handler(noticeOf(first));

    expect(theFile()).toMatchObject({ state: 'VALIDATED', counts: { orders: 3 } });
    expect(aws.calls.filter(({ name }) => ['HeadObject', 'GetObject'].includes(name)).map(({ input }) => input.VersionId))
      .toEqual([first.versionId, first.versionId]);
  });

  test('without orders is accepted', async () => {
    expect(await check('[]')).toMatchObject({ state: 'VALIDATED', counts: { orders: 0, valid: 0, repeated: 0, invalid: 0 } });
    expect(reportOf(theFile().fileId)).toEqual([]);
  });

  test('is read as a whole when the server ignores ranges', async () => {
    aws.s3.ignoresRanges = true;

    const file = await check(LARGE + ndjson(sampleOrders('order', 2)));
    expect(file).toMatchObject({ state: 'VALIDATED', counts: { orders: LARGE_ORDERS + 2, valid: 2 } });
  });
});

/** 9 MB, which is three ranges and a report in three parts. It has few orders for that: each is long, and wrong in so many fields that its line is, too. */
const LARGE_ORDERS = 4500;
const WRONG_FIELDS = JSON.stringify(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`field-${n}-${'that-is-not-known'.repeat(3)}`, n])));
const LARGE = `${WRONG_FIELDS.padEnd(1999)}\n`.repeat(LARGE_ORDERS);

describe('a file with invalid orders under the policy SKIP_ORDER', () => {
  test('is accepted: the report has the result of each order with its location, in order', async () => {
    const { fileId, state, counts } = await check(MIXED);

    expect({ state, counts }).toEqual({ state: 'VALIDATED', counts: { orders: 6, valid: 2, repeated: 1, invalid: 3 } });
    expect(reportOf(fileId)).toMatchObject(MIXED_OUTCOMES.map((outcome, index) => ({ index, line: index + 1, outcome })));
    expect(reportOf(fileId).map(({ orderId }) => orderId)).toEqual(['order-0', 'order-0', 'order-0', 'order-1', undefined, 'order-2']);
    expect(reportOf(fileId).flatMap(({ errors = [] }) => errors).map(({ path, code }) => [path, code])).toEqual([
      ['/orderId', 'DUPLICATE_ORDER_ID'], ['/total', 'TOTAL_MISMATCH'], ['/orderId', 'INVALID_FORMAT'],
    ]);
  });

  test('stores the selection of valid orders', async () => {
    const { fileId } = await check(MIXED);

    expect(aws.s3.read(`reports/${fileId}.selection`)[0]).toBe(0b100001);
    expect(aws.validFiles.sent).toHaveLength(1);
  });

  test('publishes one alert with the file, the counts, the first errors and the report location', async () => {
    const { fileId } = await check(MIXED);

    expect(aws.alerts.messages).toEqual([expect.objectContaining({
      TopicArn: process.env.ALERT_TOPIC_ARN,
      Subject: 'Order file has 3 invalid orders: orders.json',
      Message: expect.stringMatching(/s3:\/\/files\/incoming\/orders\.json[^]*6 read: 2 valid, 1 repeated, 3 invalid[^]*TOTAL_MISMATCH/),
    })]);
    expect(aws.alerts.messages[0].Message).toContain(`s3://files/reports/${fileId}.ndjson`);
  });

  test('keeps its first twenty errors in its record, and all of them in the report', async () => {
    const file = await check(ndjson(Array.from({ length: 30 }, (_, n) => sampleOrder({ orderId: `order-${n}`, total: 1 }))));

    expect(file.errors!.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(reportOf(file.fileId)).toHaveLength(30);
  });

  test('without a valid order is accepted', async () => {
    const { fileId, state } = await check(ndjson([sampleOrder({ orderId: 'order-1', total: 1 })]));

    expect(state).toBe('VALIDATED');
    expect(aws.s3.read(`reports/${fileId}.selection`).every((byte) => byte === 0)).toBe(true);
  });

  test('is accepted without an alert when all other orders are repeats', async () => {
    const { fileId } = await check(ndjson([...sampleOrders('order', 2), ...sampleOrders('order', 2)]));

    expect(aws.s3.read(`reports/${fileId}.selection`)[0]).toBe(0b0011);
    expect(aws.alerts.messages).toEqual([]);
  });

  test('fails for a single order that is too large', async () => {
    const orders = [sampleOrder({ orderId: 'order-0' }), sampleOrder({ orderId: 'order-1', notes: 'n'.repeat(500) })];
    const file = await check(ndjson(orders), withSettings({ MAX_ORDER_SIZE: '400' }));

    expect(file).toMatchObject({ state: 'VALIDATED', counts: { valid: 1, invalid: 1 }, errors: [{ index: 1, code: 'ORDER_TOO_LARGE' }] });
  });
});

describe('a file with invalid orders under the policy REJECT_FILE', () => {
  const rejectFile = withSettings({ ON_INVALID_ORDER: 'REJECT_FILE' });

  test('fails with INVALID_ORDERS: no order is sent, all orders are reported, and an alert is published', async () => {
    const file = await check(MIXED, rejectFile);

    expect(file).toMatchObject({ state: 'REJECTED', reason: { code: 'INVALID_ORDERS', message: expect.stringContaining('3 of 6') }, counts: { valid: 2 } });
    expect(reportOf(file.fileId).map(({ outcome }) => outcome)).toEqual(MIXED_OUTCOMES);
    expect(aws.validFiles.sent).toEqual([]);
    expect(aws.s3.has(`reports/${file.fileId}.selection`)).toBe(false);
    expect(aws.bus.events).toMatchObject([{ type: 'OrderFileRejected', data: { reason: { code: 'INVALID_ORDERS' }, errors: [{}, {}, {}] } }]);
    expect(aws.alerts.messages).toMatchObject([{ Subject: 'Order file rejected: orders.json' }]);
    expect(outcomes()).toMatchObject([{ outcome: 'FileRejected', reason: 'INVALID_ORDERS' }]);
  });

  test('is accepted when all orders are valid or repeats', async () => {
    expect(await check(ndjson([...sampleOrders('order', 2), ...sampleOrders('order', 2)]), rejectFile)).toMatchObject({ state: 'VALIDATED' });
    expect(aws.validFiles.sent).toHaveLength(1);
  });
});

describe('a file that is not an order file', () => {
  const order = JSON.stringify(sampleOrder({ orderId: 'order-0' }));

  test.each<[code: string, what: string, content: string | Uint8Array, orders: number]>([
    ['EMPTY_FILE', 'has no bytes', '', 0],
    ['EMPTY_FILE', 'is white space', ' \n\n', 0],
    ['EMPTY_FILE', 'is gzip of nothing', gzipSync(''), 0],
    ['NOT_UTF8', 'begins like UTF-32', Buffer.from([0, 0, 0, 0x5b]), 0],
    ['INVALID_JSON', 'is CSV', 'orderId,customerId\n', 0],
    ['INVALID_JSON', 'is an array that goes wrong', `[${order}, oops]`, 1],
    ['TRUNCATED', 'is an array that ends too early', `[${order}`, 1],
    ['INVALID_GZIP', 'is gzip that was damaged', Buffer.concat([gzipSync(`[${order}]`).subarray(0, 40), Buffer.alloc(40, 7)]), 0],
    ['INVALID_GZIP', 'is gzip that ends too early', gzipSync(`[${order}]`).subarray(0, 60), 0],
  ])('fails with %s when it %s', async (code, _, content, orders) => {
    const file = await check(content);

    expect(file).toMatchObject({ state: 'REJECTED', reason: { code, line: expect.any(Number), offset: expect.any(Number) }, counts: { orders } });
    expect(file.notified).toBe(true);
    expect(file.checksum).toBeUndefined();
    expect(reportOf(file.fileId)).toHaveLength(orders);
    expect(aws.validFiles.sent).toEqual([]);
    expect(aws.alerts.messages).toMatchObject([{ MessageAttributes: { reason: { StringValue: code } } }]);
    expect(aws.bus.events.map(({ type }) => type)).toEqual(['OrderFileRejected']);
    expect(outcomes()).toMatchObject([{ outcome: 'FileRejected', reason: code }]);
  });

  test('fails with FILE_TOO_LARGE when it exceeds the limit by one byte', async () => {
    const content = `[${order}]`;

    expect(await check(content, withSettings({ MAX_FILE_SIZE: String(content.length - 1) }))).toMatchObject({ reason: { code: 'FILE_TOO_LARGE' } });
  });

  test('is accepted when it has exactly the maximum size', async () => {
    const content = `[${order}]`;

    expect(await check(content, withSettings({ MAX_FILE_SIZE: String(content.length) }))).toMatchObject({ state: 'VALIDATED' });
  });

  test('fails with FILE_TOO_LARGE when a small gzip file inflates to a huge one, which is not inflated to its end', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, `${order}\n`), { level: 1 });
    const before = process.memoryUsage().arrayBuffers;
    const file = await check(bomb, withSettings({ MAX_FILE_SIZE: String(1024 ** 2) }));

    expect(file.reason).toMatchObject({ code: 'FILE_TOO_LARGE', offset: 1024 ** 2 });
    expect(file.counts).toMatchObject({ valid: 1, invalid: 0 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('fails with TOO_MANY_ORDERS when it has one too many', async () => {
    const limited = withSettings({ MAX_ORDERS_PER_FILE: '2' });

    expect(await check(ndjson(sampleOrders('order', 3)), limited)).toMatchObject({ state: 'REJECTED', reason: { code: 'TOO_MANY_ORDERS' }, counts: { orders: 2 } });
  });

  test('is accepted when it has exactly the maximum number of orders', async () => {
    expect(await check(ndjson(sampleOrders('order', 2)), withSettings({ MAX_ORDERS_PER_FILE: '2' }))).toMatchObject({ state: 'VALIDATED' });
  });
});

describe('a file that no longer exists', () => {
  test('fails with FILE_GONE when all of its versions were deleted: a report is written, and an alert is published', async () => {
    const upload = drop('[]');
    aws.s3.erase(upload.key);
    expect(await handler(noticeOf(upload))).toEqual(failed());

    const { fileId, state, reason } = theFile();
    expect({ state, reason: reason!.code }).toEqual({ state: 'REJECTED', reason: 'FILE_GONE' });
    expect(reportOf(fileId)).toEqual([]);
    expect(aws.alerts.messages).toHaveLength(1);
    expect(aws.validFiles.sent).toEqual([]);
  });

  describe.each([true, false])('when S3 denies access to missing files (versions: %s)', (keepsVersions) => {
    beforeEach(() => {
      aws = new FakeAws({ keepsVersions });
      aws.s3.denies = '403 for missing';
    });

    test('fails with FILE_GONE when it was deleted', async () => {
      const upload = drop('[]');
      aws.s3.erase(upload.key);
      aws.s3.upload(`${upload.key}.other`, '[]');
      expect(await handler(noticeOf(upload))).toEqual(failed());

      expect(theFile()).toMatchObject({ state: 'REJECTED', reason: { code: 'FILE_GONE' } });
    });

    test('fails with FILE_GONE when it is deleted between two ranges', async () => {
      aws.before('GetObject', 2, () => aws.s3.erase('incoming/orders.json'));

      expect(await check(LARGE)).toMatchObject({ state: 'REJECTED', reason: { code: 'FILE_GONE' } });
    });

    test.each(['403 for all', '403 for all and lists'] as const)('fails without a result when it exists (%s): the notification is delivered again', async (denies) => {
      const upload = drop('[]');
      aws.s3.denies = denies;
      expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));
      expect(theFile().state).toBe('RECEIVED');

      aws.s3.denies = undefined;
      await handler(noticeOf(upload));
      expect(theFile().state).toBe('VALIDATED');
    });

    test('fails without a result when it was deleted and S3 also denies the list: that looks like a missing permission', async () => {
      const upload = drop('[]');
      aws.s3.erase(upload.key);
      aws.s3.denies = '403 for all and lists';

      expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));
    });
  });

  test('is found on a later page of versions, so that a missing permission does not count as a deleted file', async () => {
    const upload = drop('[]');
    for (let n = 0; n < 5; n++) drop(`[${' '.repeat(n)}]`);
    [aws.s3.mostVersions, aws.s3.denies] = [2, '403 for all'];
    expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));

    expect(aws.count('ListObjectVersions')).toBe(3);
  });

  test('is read when it was deleted and the bucket keeps its version', async () => {
    const upload = drop(MIXED);
    aws.s3.delete(upload.key);
    await handler(noticeOf(upload));

    expect(theFile().state).toBe('VALIDATED');
  });

  test('fails with FILE_OVERWRITTEN when the bucket has no versioning: the new content is a separate file', async () => {
    aws = new FakeAws({ keepsVersions: false });
    const [first, second] = [drop(MIXED), drop(ndjson(sampleOrders('later', 2)))];
    await handler(noticeOf(first));
    await handler(noticeOf(second));

    expect(aws.files.records.map(({ state, reason }) => [state, reason?.code])).toEqual([['REJECTED', 'FILE_OVERWRITTEN'], ['VALIDATED', undefined]]);
  });

  test('is read when the notification has no ETag', async () => {
    aws = new FakeAws({ keepsVersions: false });
    await handler(noticeOf({ ...drop(MIXED), eTag: undefined as never }));

    expect(theFile().state).toBe('VALIDATED');
  });

  test('fails with FILE_OVERWRITTEN when it is overwritten between two ranges, so that contents are never mixed', async () => {
    aws = new FakeAws({ keepsVersions: false });
    aws.before('GetObject', 2, () => drop(`${LARGE}{}`));
    const file = await check(LARGE);

    expect(file).toMatchObject({ state: 'REJECTED', reason: { code: 'FILE_OVERWRITTEN' } });
    expect(aws.validFiles.sent).toEqual([]);
    expect(aws.s3.pending.size).toBe(0);
  });

  test('has a report of the orders that were read before, with matching counts', async () => {
    aws = new FakeAws({ keepsVersions: false });
    aws.before('GetObject', 2, () => aws.s3.erase('incoming/orders.json'));
    const { fileId, counts, reason } = await check(LARGE);

    expect(reason).toMatchObject({ code: 'FILE_GONE' });
    expect(reportOf(fileId)).toHaveLength(counts!.orders);
  });

  test('keeps its report when it is deleted after the check and the notification is repeated', async () => {
    aws = new FakeAws({ keepsVersions: false });
    const upload = drop(MIXED);
    // Another invocation has the same notification: it is a step behind, and the file is deleted in between.
    aws.before('HeadObject', 2, () => aws.s3.erase(upload.key));
    await both(upload);

    const { fileId, state } = theFile();
    expect(state).toBe('VALIDATED');
    expect(reportOf(fileId).map(({ outcome }) => outcome)).toEqual(MIXED_OUTCOMES);
  });
});

/** Two invocations with the same notification: the second one gets as far as reading when the first one is done. */
async function both(upload: Upload): Promise<void> {
  let second: Promise<unknown> | undefined;
  let open = () => {};
  const gate = new Promise<void>((resolve) => { open = resolve; });
  const { crossing } = aws;
  let heads = 0;
  aws.crossing = async (call, effect) => {
    if (call.name === 'HeadObject' && ++heads === 1) second = handler(noticeOf(upload));
    else if (call.name === 'HeadObject') await gate;
    return crossing(call, effect);
  };
  await handler(noticeOf(upload));
  open();
  await second;
}

describe('an AWS error', () => {
  const down = () => Object.assign(new Error('canary'), { name: 'ServiceUnavailable' });

  test.each(['Put', 'HeadObject', 'GetObject', 'PutObject', 'Update', 'PutEvents', 'SendMessage', 'Publish'])(
    'fails when %s fails: the notification is delivered again, and then the file is checked and notified once', async (name) => {
      const upload = drop(MIXED);
      let failures = 0;
      aws.crossing = failing((call) => call.name === name && ++failures <= 3, down); // PutEvents is tried three times
      for (let n = 0; n < 4; n++) await handler(noticeOf(upload));

      expect(theFile()).toMatchObject({ state: 'VALIDATED', notified: true });
      expect(aws.alerts.messages).toHaveLength(1);
      expect(new Set(aws.validFiles.sent).size).toBe(1);
      expect(outcomes()[0]).toEqual({ outcome: 'ConsumeFailed', messageId: 'message-1', reason: 'ServiceUnavailable' });
      expect(loggedText()).not.toContain('canary');
    });

  test('fails when S3 aborts a range, and leaves no incomplete report', async () => {
    const upload = drop(LARGE);
    let ranges = 0;
    aws.crossing = failing((call) => call.name === 'GetObject' && ++ranges === 3, down);

    expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));
    expect(theFile().state).toBe('RECEIVED');
    expect(aws.count('CreateMultipartUpload')).toBe(1);
    expect(aws.s3.pending.size).toBe(0);
    expect(aws.s3.has(`reports/${theFile().fileId}.ndjson`)).toBe(false);
  });

  test('fails when S3 returns fewer bytes than requested', async () => {
    const upload = drop(MIXED);
    aws.crossing = (call, effect) => (call.name === 'GetObject'
      ? { ...(effect() as object), Body: { transformToByteArray: async () => Buffer.from('[') } }
      : effect());

    expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));
    expect(theFile().state).toBe('RECEIVED');
  });

  test('fails when the record expires during the check: no event is published about a file without a record', async () => {
    const upload = drop(MIXED);
    aws.before('Update', 1, () => aws.files.expire(theFile().fileId));

    expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));
    expect(aws.bus.events).toEqual([]);
    expect(aws.validFiles.sent).toEqual([]);
  });
});

describe('a repeated notification', () => {
  test('changes nothing after the event and the alert were published', async () => {
    const upload = drop(MIXED);
    await handler(noticeOf(upload));
    const file = theFile();
    const calls = aws.calls.length;
    await handler(noticeOf(upload));

    expect(theFile()).toEqual(file);
    expect(aws.calls.slice(calls).map(({ name }) => name)).toEqual(['Put']);
    expect(outcomes().at(-1)).toEqual({ outcome: 'FileRepeated', fileId: file.fileId });
  });

  test('has the same file ID as another notification of the same upload', async () => {
    const upload = drop(MIXED);
    await handler(noticeOf(upload, upload));

    expect(theFile()).toMatchObject({ state: 'VALIDATED' });
    expect(aws.alerts.messages).toHaveLength(1);
    expect(outcomes()).toMatchObject([{ outcome: 'FileValidated', fileId: theFile().fileId }, { outcome: 'FileRepeated', fileId: theFile().fileId }]);
  });

  test('does not change a file that is being extracted or is completed', async () => {
    const upload = drop(MIXED);
    await handler(noticeOf(upload));
    const { reason, ...file } = theFile();
    aws.files.seed({ ...file, state: 'COMPLETED', notified: false });
    await handler(noticeOf(upload));

    expect(theFile()).toMatchObject({ state: 'COMPLETED', notified: true });
  });

  test('does not overwrite the summary of a file that was completed in the meantime', async () => {
    const upload = drop(MIXED);
    // The first invocation died after the ticket went out; the extraction then overtakes the second one.
    let tickets = 0;
    const dies = failing((call) => call.name === 'Publish' && ++tickets === 1, () => new Error('killed'));
    aws.crossing = dies;
    await handler(noticeOf(upload));
    const { fileId } = theFile();
    aws.before('PutEvents', 1, () => {
      aws.files.seed({ ...theFile(), state: 'COMPLETED' });
      aws.s3.upload(`reports/${fileId}.summary.json`, JSON.stringify({ state: 'COMPLETED' }));
    });
    await handler(noticeOf(upload));

    expect(summaryOf(fileId)).toMatchObject({ state: 'COMPLETED' });
  });

  test('uses the limits and the policy of the first notification, even after a deployment changes them', async () => {
    const upload = drop(ndjson(sampleOrders('order', 3)));
    aws.crossing = failing(({ name }) => name === 'HeadObject', () => new Error('down'), 1);
    await handler(noticeOf(upload));
    await withSettings({ MAX_ORDERS_PER_FILE: '2', ON_EXISTING_ORDER: 'CHANGE' })(noticeOf(upload));

    expect(theFile()).toMatchObject({ state: 'VALIDATED', limits: { maxOrders: 100_000 }, onExistingOrder: 'REJECT' });
  });
});

describe('an invocation that is killed', () => {
  const KINDS = { 'has effect': true, 'has none': false };

  /** Checks a file with the first invocation killed at a request; gives that request's name, unless there are fewer. */
  async function killedAt(killAt: number, takesEffect: boolean): Promise<string | undefined> {
    aws = new FakeAws();
    makeInvocationsKillable(aws);
    const notice = noticeOf(drop(MIXED));
    const first = new Invocation({ killAt, takesEffect: () => takesEffect });
    const answer = await first.run((context) => handler(notice, context));
    const { name } = aws.calls.at(-1)!;
    expect(await new Invocation().run(() => handler(notice))).toEqual(failed());
    return answer === 'killed' ? name : undefined;
  }

  test.each(Object.entries(KINDS))('at any request, which %s, is recovered when the notification is delivered again', async (_, takesEffect) => {
    const names: string[] = [];
    for (let n = 1; ; n++) {
      const name = await killedAt(n, takesEffect);
      if (!name) break;
      names.push(name);
      const { fileId, ...file } = theFile();
      expect(file).toMatchObject({ state: 'VALIDATED', notified: true, counts: { orders: 6, valid: 2, repeated: 1, invalid: 3 } });
      expect(reportOf(fileId).map(({ outcome }) => outcome)).toEqual(MIXED_OUTCOMES);
      expect(summaryOf(fileId)).toMatchObject({ state: 'VALIDATED' });
      expect(aws.s3.read(`reports/${fileId}.selection`)[0]).toBe(0b100001);
      expect(new Set(aws.validFiles.sent)).toEqual(new Set([JSON.stringify({ fileId })]));
      expect(new Set(aws.bus.events.map((event) => JSON.stringify(event))).size).toBe(1);
      const isAlertUnrecorded = takesEffect ? name === 'Publish' : name === 'Update' && names.at(-2) === 'Publish';
      expect([n, name, aws.alerts.messages.length]).toEqual([n, name, isAlertUnrecorded ? 2 : 1]);
    }
    expect(names).toEqual(['Put', 'HeadObject', 'GetObject', 'PutObject', 'PutObject', 'Update', 'PutEvents', 'PutObject', 'SendMessage', 'Publish', 'Update',
      'Update']);
  });
});

describe('two invocations with the same notification', () => {
  test('agree on one record in any order, and publish the same event', async () => {
    const upload = drop(MIXED);
    const answers = await Promise.all([handler(noticeOf(upload)), handler(noticeOf(upload))]);

    expect(answers).toEqual([failed(), failed()]);
    const { fileId, ...file } = theFile();
    expect(file).toMatchObject({ state: 'VALIDATED', notified: true });
    expect(reportOf(fileId).map(({ outcome }) => outcome)).toEqual(MIXED_OUTCOMES);
    expect(new Set(aws.bus.events.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(new Set(aws.validFiles.sent).size).toBe(1);
  });

  test('notify once when the second is one step behind', async () => {
    await both(drop(MIXED));

    expect(aws.bus.events).toHaveLength(1);
    expect(aws.alerts.messages).toHaveLength(1);
    expect(aws.validFiles.sent).toHaveLength(1);
  });

  test('keep the first result when their policies differ', async () => {
    const upload = drop(MIXED);
    await Promise.all([handler(noticeOf(upload)), withSettings({ ON_INVALID_ORDER: 'REJECT_FILE' })(noticeOf(upload))]);

    expect(new Set(aws.bus.events.map(({ type }) => type)).size).toBe(1);
    expect(aws.validFiles.sent.length > 0).toBe(theFile().state === 'VALIDATED');
  });
});

test('reading waits until the report is written, so that memory does not grow with the file', async () => {
  const upload = drop(LARGE.repeat(3));
  aws.crossing = (call, effect) => (call.name === 'UploadPart' ? new Promise(() => undefined) : effect());
  void handler(noticeOf(upload));
  for (let quiet = 0, seen = -1; quiet < 500; quiet = seen === aws.calls.length ? quiet + 1 : 0) {
    seen = aws.calls.length;
    await new Promise(setImmediate);
  }

  expect(aws.count('UploadPart')).toBe(1);
  expect(aws.count('GetObject')).toBeLessThanOrEqual(4); // of 7
});

describe('a CSV file', () => {
  const validateCsv = withSettings({ CSV_FORMAT: JSON.stringify(toCsvFormat({})) });
  const HEADER = ['orderId', 'customerId', 'currency', 'sku', 'quantity', 'unitPrice'];
  const rows = [
    HEADER,
    ['order-0', 'c', 'EUR', 'mug', '1', '1250'], ['order-0', 'c', 'EUR', 'tea', '2', '900'],
    ['order-1', 'c', 'EUR', 'mug', 'one', '1250'],
    ['order-2', 'c', 'XXY', 'mug', '1', '1250'],
    ['order-0', 'c', 'EUR', 'tea', '2', '900'],
  ];

  test('is validated row by row, with the line of each order and the errors of its cells and fields', async () => {
    const file = await check(csvText(rows, ';'), validateCsv);

    expect(file).toMatchObject({ state: 'VALIDATED', counts: { orders: 4, valid: 1, repeated: 0, invalid: 3 }, limits: { csv: toCsvFormat({}) } });
    const codesOf = (errors?: FieldError[]) => errors?.map(({ path, code }) => [path, code]);
    expect(reportOf(file.fileId).map(({ index, line, orderId, outcome, errors }) => [index, line, orderId, outcome, codesOf(errors)])).toEqual([
      [0, 2, 'order-0', 'VALID', undefined],
      [1, 4, 'order-1', 'INVALID', [['/items/0/quantity', 'INVALID_TYPE']]],
      [2, 5, 'order-2', 'INVALID', [['/currency', 'UNKNOWN_CURRENCY']]],
      [3, 6, 'order-0', 'INVALID', [['/orderId', 'DUPLICATE_ORDER_ID']]],
    ]);
  });

  test('has no orders when it is a header, and is accepted like an empty array', async () => {
    expect(await check(csvText([HEADER]), validateCsv)).toMatchObject({ state: 'VALIDATED', counts: { orders: 0 } });
  });

  test('is rejected when its header is wrong, with an alert that names the column', async () => {
    expect(await check(csvText([[...HEADER, 'colour'], []]), validateCsv)).toMatchObject({ state: 'REJECTED', reason: { code: 'INVALID_HEADER', line: 1 } });
    expect(aws.alerts.messages[0].Message).toContain('the header has columns that are not in `csv.columns`: "colour"');
  });

  test('is rejected without a format of CSV, and the reason names the prop', async () => {
    expect((await check(csvText(rows))).reason).toMatchObject({ code: 'INVALID_JSON', message: expect.stringContaining('CSV needs the prop `csv`') });
  });
});

describe('an object that is not an order file', () => {
  const drops = withSettings({ IGNORED_FILE_NAMES: '["_*","trigger.ctl"]', IGNORE_EMPTY_FILES: 'true' });

  test.each<[string, string, string, Handler]>([
    ['_SUCCESS', '', 'NAME', handler],
    ['2026/_SUCCESS', '{"not":"empty"}', 'NAME', handler],
    ['2026/.keep', '', 'EMPTY', handler],
    ['_committed_17', 'x', 'NAME', drops],
    ['trigger.ctl', 'x', 'NAME', drops],
    ['orders.json', '', 'EMPTY', drops],
  ])('is ignored: %s with %j', async (name, content, reason, validate) => {
    expect(await validate(noticeOf(drop(content, name)))).toEqual(failed());

    expect(aws.calls).toEqual([]);
    expect(outcomes()).toEqual([{ outcome: 'FileIgnored', fileId: expect.stringMatching(/^[0-9a-f]{32}$/), reason }]);
    expect(loggedText()).not.toContain(name);
  });

  test('does not keep the other objects of its notification from being read', async () => {
    await handler(noticeOf(drop('', '_SUCCESS'), drop(ndjson(sampleOrders('order', 1)))));

    expect(theFile()).toMatchObject({ key: 'incoming/orders.json', state: 'VALIDATED' });
    expect(outcomes().map(({ outcome }) => outcome)).toEqual(['FileIgnored', 'FileValidated']);
  });

  test.each<[string, string, Handler]>([
    ['orders.json', '', handler], ['.keep', '{"a":1}', handler], ['_success', '', handler], ['SUCCESS', '', handler], ['x_SUCCESS', '', handler],
  ])('is not ignored otherwise: %s with %j', async (name, content, validate) => {
    await validate(noticeOf(drop(content, name)));

    expect(theFile()).toMatchObject({ key: `incoming/${name}` });
  });
});

describe('a message that is not about a file', () => {
  test.each<[string, unknown]>([
    ['S3\'s test event', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'files' }],
    ['a folder', JSON.parse(s3Notification({ key: 'incoming/2026/', size: 0 }))],
    ['an object outside of incoming/', JSON.parse(s3Notification({ key: 'reports/incoming/orders.json' }))],
    ['a deletion', { Records: [s3Record({}, 'ObjectRemoved:Delete')] }],
  ])('is done with when it is %s', async (_, message) => {
    expect(await handler(sqsEvent(sqsRecord('message-1', message)))).toEqual(failed());
    expect(aws.calls).toEqual([]);
    expect(outcomes()).toEqual([{ outcome: 'NotificationIgnored' }]);
  });

  test.each<[string, unknown, string]>([
    ['is not JSON', 'canary', 'the body is not JSON'],
    ['has no records', { canary: 'canary' }, 'wrong or missing: /Records'],
    ['has half a record', { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'canary' } } }] }, '/Records/0/s3/bucket'],
  ])('goes to the dead-letter queue at once, with the reason, when it %s', async (_, message, reason) => {
    const record = sqsRecord('message-1', message);

    expect(await handler(sqsEvent(record))).toEqual(failed());
    expect(aws.deadLetters.sent).toEqual([record.body]);
    expect(aws.calls[0].input.MessageAttributes.Reason.StringValue).toContain(reason);
    expect(loggedText()).not.toContain('canary');
  });
});

test('the log contains neither the content nor the name of a file', async () => {
  const orders = [
    sampleOrder({ orderId: 'order-1', customerId: 'canary', notes: 'canary' }), sampleOrder({ orderId: 'canary', total: 1 }), { canary: 'canary' }, 'canary',
  ];
  const header = 'orderId,currency,sku,quantity,unitPrice';
  const tables = [`${header},canary\n`, 'canary,canary\n', `${header}\ncanary,canary,canary,canary,canary\ncanary\n`, `${header}\n"canary"canary`];
  for (const content of [ndjson(orders), JSON.stringify(orders), `[${JSON.stringify(orders[0])}, canary`, 'canary', ...tables]) {
    await withSettings({ CSV_FORMAT: JSON.stringify(toCsvFormat({})) })(noticeOf(drop(content, 'canary.json')));
  }

  expect(aws.files.records).toHaveLength(8);
  expect(loggedEntries().length).toBeGreaterThan(0);
  expect(loggedText()).not.toContain('canary');
});

describe('alert subscribers', () => {
  test('receive one alert about a rejected file even when the event bus is down', async () => {
    const upload = drop(MIXED);
    aws.crossing = failing(({ name }) => name === 'PutEvents', () => new Error('down'));
    for (let n = 0; n < 3; n++) expect(await handler(noticeOf(upload))).toEqual(failed('message-1'));

    expect(aws.alerts.messages).toHaveLength(1);
    expect(theFile()).toMatchObject({ alerted: true, notified: false });
  });

  test.each([['is half a surrogate pair', '\\ud83d'], ['is cut within one', `${'a'.repeat(63)}\u{1f600}\u{1f600}`]])(
    'receive an alert about a field whose name %s', async (_, field) => {
      await check(`${ndjson(sampleOrders('order', 2))}{"${field}":1}\n`);

      expect(aws.alerts.messages).toHaveLength(1);
      expect(theFile()).toMatchObject({ notified: true, counts: { valid: 2, invalid: 1 } });
    });
});

describe('a report', () => {
  test('stays in proportion to the size of its file', async () => {
    const deep = `${'{"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~":'.repeat(25)}[${Array(200).fill('1e400')}]${'}'.repeat(25)}`;
    const { fileId, errors } = await check(`${deep}\n`);

    expect(reportOf(fileId)[0].errors).toHaveLength(21);
    expect(aws.s3.read(`reports/${fileId}.ndjson`).length).toBeLessThan(10_000);
    expect(errors).toHaveLength(20);
  });
});

describe('a file whose check exceeds the timeout', () => {
  test('fails with CHECK_TOOK_TOO_LONG: the orders read so far are reported, and an alert is published', async () => {
    const upload = drop(LARGE);
    let left = 90;
    const hurried = { getRemainingTimeInMillis: () => left-- } as Context;
    expect(await handler(noticeOf(upload), hurried)).toEqual(failed());

    const { fileId, state, reason, counts } = theFile();
    expect({ state, code: reason!.code }).toEqual({ state: 'REJECTED', code: 'CHECK_TOOK_TOO_LONG' });
    expect(counts!.orders).toBeGreaterThan(0);
    expect(reportOf(fileId)).toHaveLength(counts!.orders);
    expect(aws.alerts.messages).toHaveLength(1);
    expect(aws.validFiles.sent).toEqual([]);
  });
});
