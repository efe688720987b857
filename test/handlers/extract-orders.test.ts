import '../support/handler-env';
import { gzipSync } from 'node:zlib';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { commandSchema } from '#shared';
import { outcomeStore } from '../../handlers/aws/file-outcomes-table';
import { handler } from '../../handlers/extract-orders';
import { recordInChunk, type CheckedFile } from '../../handlers/shared/files';
import { CsvColumn } from '../../src';
import { toCsvFormat } from '../../src/private/csv-format';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeAws } from '../support/fake-aws';
import { failing, Invocation, makeInvocationsKillable } from '../support/invocation';
import { ndjson, sampleOrders } from '../support/order-files';
import { checkedFile, fileIdOf, FILE_TIME } from '../support/sample-files';
import { sampleOrder } from '../support/sample-order';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

const FILE_ID = fileIdOf(1);
const TICKET = sqsEvent(sqsRecord('message-1', { fileId: FILE_ID }));
const UNHURRIED = { getRemainingTimeInMillis: () => 300_000 } as Context;

let aws: FakeAws;
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  aws = new FakeAws();
});

/** A file after `validate-file`. All of its orders are valid by default. */
function seed(content: string | Uint8Array, orders: number, changes: Partial<CheckedFile> = {}): void {
  const { key, versionId, eTag, size } = aws.s3.upload('incoming/orders.json', content);
  const counts = { orders, valid: orders, repeated: 0, invalid: 0 };
  aws.files.seed(checkedFile({ key, ...(versionId ? { versionId } : {}), etag: eTag, size, counts, ...changes }));
}

const storeSelection = (...bytes: number[]) => aws.s3.upload(`reports/${FILE_ID}.selection`, Buffer.from(bytes));
const extract = (context = UNHURRIED): Promise<SQSBatchResponse> => handler(TICKET, context);
const theFile = () => aws.files.record(FILE_ID);
const summary = () => JSON.parse(aws.s3.read(`reports/${FILE_ID}.summary.json`).toString());
const commands = () => aws.orders.messages.map(({ body }) => JSON.parse(body));
const sentIds = (): string[] => commands().map(({ orderId }) => orderId);
const messageIdsOf = (prefix: string, from: number, to: number) => Array.from({ length: to - from }, (_, n) => `${prefix}-${from + n}`);
const outcomes = () => loggedEntries().filter(({ message }) => message === 'orders extracted').flatMap((entry) => entry.outcomes);

/** How many orders were counted, as CloudWatch adds it up. */
const extracted = () => loggedEntries().reduce((sum, { OrderExtracted = 0 }) => sum + OrderExtracted, 0);

describe('a checked file', () => {
  test('has all of its orders sent, each as one command in the group of its order', async () => {
    seed(ndjson(sampleOrders('order', 25)), 25);
    expect(await extract()).toEqual(failed());

    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 25).sort());
    expect(commands().map((command) => commandSchema.safeParse(command).success)).toEqual(Array(25).fill(true));
    for (const { body, group, deduplicationId } of aws.orders.messages) {
      const { orderId, commandId, ...command } = JSON.parse(body);
      expect({ group, deduplicationId }).toEqual({ group: orderId, deduplicationId: commandId });
      expect(command).toMatchObject({ schemaVersion: 1, commandType: 'PlaceOrder', correlationId: FILE_ID, channel: 'file', payload: { orderId } });
    }
  });

  test('is completed: in its record, on the bus and in its summary', async () => {
    seed(ndjson(sampleOrders('order', 25)), 25);
    await extract();

    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 25, position: { index: 25 } }, completedAt: expect.any(String) });
    expect(aws.bus.events).toMatchObject([{ type: 'OrderFileCompleted', metadata: { fileId: FILE_ID }, data: { counts: { valid: 25 } } }]);
    expect(summary()).toMatchObject({ state: 'COMPLETED', sent: 25 });
    expect(outcomes()).toEqual([{ outcome: 'FileCompleted', fileId: FILE_ID }]);
  });

  test.each([
    ['an array', (orders: object[]) => JSON.stringify(orders, undefined, 1)],
    ['an object', (orders: object[]) => JSON.stringify({ orders, count: orders.length })],
    ['gzip', (orders: object[]) => gzipSync(ndjson(orders))],
  ])('is sent as well when it is %s', async (_, toContent) => {
    seed(toContent(sampleOrders('order', 3)), 3);
    await extract();

    expect(commands().map(({ payload }) => payload)).toEqual(sampleOrders('order', 3));
    expect(theFile().state).toBe('COMPLETED');
  });

  test('is sent as well when it is one order that spans lines', async () => {
    const [order] = sampleOrders('order', 1);
    seed(JSON.stringify(order, undefined, 2), 1);
    await extract();

    expect(commands().map(({ payload }) => payload)).toEqual([order]);
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 1, position: { format: 'order', index: 1 } } });
  });

  test('is sent as well when it is CSV, with the columns that it was checked with', async () => {
    const columns = { id: CsvColumn.orderId(), price: CsvColumn.minorUnits('/items/-/unitPrice', 2), sku: CsvColumn.text('/items/-/sku') };
    const { limits } = checkedFile();
    seed('id,sku,price\no-1,mug,12.50\no-1,tea,9\no-2,mug,12.50\n', 2, { limits: { ...limits, csv: toCsvFormat({ columns }) } });
    await extract();

    expect(commands().map(({ payload }) => payload)).toEqual([
      { orderId: 'o-1', items: [{ sku: 'mug', unitPrice: 1250 }, { sku: 'tea', unitPrice: 900 }] }, { orderId: 'o-2', items: [{ sku: 'mug', unitPrice: 1250 }] },
    ]);
    expect(theFile()).toMatchObject({
      state: 'COMPLETED', progress: { sent: 2, position: { format: 'csv', index: 2, header: { delimiter: ',', names: ['id', 'sku', 'price'] } } },
    });
  });

  test('is completed without a message when it has no orders', async () => {
    seed('[]', 0);
    await extract();

    expect(theFile()).toMatchObject({ state: 'COMPLETED' });
    expect(aws.count('SendMessageBatch')).toBe(0);
  });

  test('is read at the version that was checked', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.s3.upload('incoming/orders.json', ndjson(sampleOrders('later', 3)));
    await extract();

    expect(sentIds()).toEqual(messageIdsOf('order', 0, 3));
  });

  test('is read by the limits that it was checked by, whatever was deployed since', async () => {
    const notes = 'n'.repeat(500);
    seed(ndjson([sampleOrder({ orderId: 'order-0', notes }), sampleOrder({ orderId: 'order-1', notes })]), 2, {
      limits: { maxFileSize: 2000, maxOrderSize: 1000, maxOrders: 2 },
    });
    await extract();

    expect(sentIds()).toEqual(['order-0', 'order-1']);
  });
});

describe('the selection of valid orders', () => {
  test('are not looked for when all orders are valid', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    await extract();

    expect(aws.calls.filter(({ name }) => name === 'GetObject').map(({ input }) => input.Key)).toEqual(['incoming/orders.json']);
  });

  test('pick what is sent when some are not: nothing else is even parsed', async () => {
    seed(`${ndjson(sampleOrders('order', 3))}{"oops"\n${ndjson(sampleOrders('more', 1))}`, 5, { counts: { orders: 5, valid: 2, repeated: 1, invalid: 2 } });
    storeSelection(0b10001);
    await extract();

    expect(sentIds()).toEqual(['order-0', 'more-0']);
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 2, position: { index: 5 } } });
  });

  test('may pick none', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3, { counts: { orders: 3, valid: 0, repeated: 0, invalid: 3 } });
    storeSelection(0);
    await extract();

    expect(sentIds()).toEqual([]);
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 0 } });
  });

  test('fails when they are missing: nothing is sent that may be invalid', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3, { counts: { orders: 3, valid: 2, repeated: 0, invalid: 1 } });

    expect(await extract()).toEqual(failed('message-1'));
    expect(aws.orders.messages).toEqual([]);
    expect(theFile().state).toBe('VALIDATED');
  });
});

describe('a checkpoint', () => {
  const progresses = () => aws.calls.filter(({ name, input }) => name === 'Update' && input.ExpressionAttributeValues[':progress'])
    .map(({ input }) => input.ExpressionAttributeValues[':progress']);

  test('is written after 500 orders, or a little more, and at the end', async () => {
    seed(ndjson(sampleOrders('order', 4000)), 4000);
    await extract();

    const sent: number[] = progresses().map((progress) => progress.sent);
    const steps = sent.map((count, n) => count - (sent[n - 1] ?? 0));
    expect(sent.at(-1)).toBe(4000);
    expect(Math.min(...steps.slice(0, -1))).toBeGreaterThanOrEqual(500);
    expect(Math.max(...steps)).toBeLessThan(900); // the orders of another window of 64 KiB
  });

  test('is written after 4 MiB of larger orders', async () => {
    const shippingAddress = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`line-${n}`, 'a'.repeat(250)]));
    const items = Array.from({ length: 100 }, () => ({ sku: 's'.repeat(64), quantity: 1, unitPrice: 1, name: 'n'.repeat(256) }));
    seed(ndjson(sampleOrders('order', 200).map((order) => ({ ...order, items, shippingAddress }))), 200); // 45 KB each
    await extract();

    expect(progresses().map(({ sent }) => sent).length).toBeGreaterThanOrEqual(2);
    expect(sentIds()).toHaveLength(200);
  });

  test('is when the orders before it are counted, once, whatever comes after it', async () => {
    seed(ndjson(sampleOrders('order', 1200)), 1200);
    const context = { getRemainingTimeInMillis: () => (aws.orders.messages.length < 1000 ? 300_000 : 0) } as Context;
    await extract(context);
    expect(extracted()).toBe(aws.orders.messages.length);
    await extract();
    expect(extracted()).toBe(1200);
    await extract();
    expect(extracted()).toBe(1200);
  });

  test('is where it goes on: no order before it is sent again, none after it is left out', async () => {
    seed(ndjson(sampleOrders('order', 2500)), 2500);
    let batches = 0;
    aws.crossing = failing(({ name }) => name === 'SendMessageBatch' && ++batches > 140, () => new Error('down'));
    expect(await extract()).toEqual(failed());
    expect(outcomes()).toEqual([{ outcome: 'FileContinued', fileId: FILE_ID, reason: 'SendMessageBatch.Error' }]);

    const { sent: saved } = theFile().progress!;
    expect(theFile()).toMatchObject({ state: 'EXTRACTING' });
    aws.orders.messages.length = 0;
    aws.orders.now += 6 * 60 * 1000; // deduplication forgot
    aws.crossing = (_, effect) => effect();
    expect(await extract()).toEqual(failed());
    expect(sentIds().sort()).toEqual(messageIdsOf('order', saved, 2500).sort());
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 2500 } });
  });

  test('is where a gzip file goes on, too', async () => {
    seed(gzipSync(JSON.stringify(sampleOrders('order', 2500))), 2500);
    let batches = 0;
    aws.crossing = failing(({ name }) => name === 'SendMessageBatch' && ++batches > 140, () => new Error('down'));
    await extract();
    expect(theFile().state).toBe('EXTRACTING');
    aws.crossing = (_, effect) => effect();
    await extract();

    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 2500).sort());
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 2500 } });
  });

  test('is read from its byte on: what was read is not fetched again', async () => {
    const orders = sampleOrders('order', 2500);
    const offset = Buffer.byteLength(ndjson(orders.slice(0, 2000)));
    const position = { encoding: 'identity', format: 'ndjson', offset, index: 2000, line: 2001 } as const;
    seed(ndjson(orders), 2500, { state: 'EXTRACTING', progress: { sent: 2000, position } });
    await extract();

    expect(aws.calls.find(({ name }) => name === 'GetObject')!.input.Range).toMatch(new RegExp(`^bytes=${offset}-`));
    expect(sentIds().sort()).toEqual(messageIdsOf('order', 2000, 2500).sort());
  });

  test('at the end of the file leaves nothing but to complete it', async () => {
    const content = ndjson(sampleOrders('order', 3));
    const position = { encoding: 'identity', format: 'ndjson', offset: content.length, index: 3, line: 4 } as const;
    seed(content, 3, { state: 'EXTRACTING', progress: { sent: 3, position } });
    await extract();

    expect(aws.orders.messages).toEqual([]);
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 3 } });
  });
});

describe('an invocation whose time is up', () => {
  /** Has time for so many requests. */
  const hurried = (requests: number) => new Invocation({ time: requests * 10 });
  /** Has so many milliseconds when it begins, and so many when it looks again. */
  const nearlyDone = (total: number, left: number) => {
    let looks = 0;
    return { getRemainingTimeInMillis: () => (looks++ === 0 ? total : left) } as Context;
  };

  test('hands the file on, and the next ones go on until it is complete', async () => {
    makeInvocationsKillable(aws);
    seed(ndjson(sampleOrders('order', 5000)), 5000);
    let invocations = 0;
    while (theFile().state !== 'COMPLETED' && invocations < 100) {
      invocations++;
      expect(await hurried(120).run((context) => extract(context))).toEqual(failed());
    }

    expect(invocations).toBeGreaterThan(3);
    expect(aws.validFiles.sent).toEqual(Array(invocations - 1).fill(JSON.stringify({ fileId: FILE_ID })));
    expect(outcomes().map(({ outcome }) => outcome)).toEqual([...Array(invocations - 1).fill('FileContinued'), 'FileCompleted']);
    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 5000).sort());
    expect(aws.orders.repeats).toBe(0);
    expect(theFile().progress!.sent).toBe(5000);
  });

  test('gets on all the same when it had hardly any time: handing on is never all it does', async () => {
    makeInvocationsKillable(aws);
    seed(ndjson(sampleOrders('order', 2500)), 2500);
    await hurried(1).run((context) => extract(context));

    expect(theFile().progress!.sent).toBeGreaterThan(0);
    expect(aws.validFiles.sent).toHaveLength(1);
  });

  test('fails when it cannot hand on: its message comes again', async () => {
    seed(ndjson(sampleOrders('order', 2500)), 2500);
    aws.crossing = failing(({ name }) => name === 'SendMessage', () => new Error('down'));

    expect(await extract(nearlyDone(300_000, 0))).toEqual(failed('message-1'));
    expect(theFile().state).toBe('EXTRACTING');
  });

  test('keeps 30 seconds for its last orders, or a third of a shorter time', async () => {
    const handedOn = async (total: number, left: number) => {
      aws = new FakeAws();
      seed(ndjson(sampleOrders('order', 3)), 3);
      await extract(nearlyDone(total, left));
      return aws.validFiles.sent.length === 1;
    };

    expect(await handedOn(300_000, 30_000)).toBe(false);
    expect(await handedOn(300_000, 29_999)).toBe(true);
    expect(await handedOn(9_000, 3_000)).toBe(false);
    expect(await handedOn(9_000, 2_999)).toBe(true);
  });
});

describe('two invocations with the same file', () => {
  test('fail for the one that is behind: every order is one command, and the count is right', async () => {
    seed(ndjson(sampleOrders('order', 2500)), 2500);
    const answers = await Promise.all([extract(), extract()]);

    expect(answers).toContainEqual(failed('message-1'));
    await extract();
    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 2500).sort());
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 2500 } });
  });

  test('fail for the one that was overtaken in between: it does not move the checkpoint back', async () => {
    seed(ndjson(sampleOrders('order', 2500)), 2500);
    const ahead = { sent: 2400, position: { encoding: 'identity', format: 'ndjson', offset: 0, index: 2400, line: 2401 } } as const;
    aws.before('Update', 2, () => aws.files.seed({ ...theFile(), progress: ahead }));

    expect(await extract()).toEqual(failed('message-1'));
    expect(theFile()).toMatchObject({ state: 'EXTRACTING', progress: ahead });
    expect(outcomes()).toEqual([{ outcome: 'ConsumeFailed', messageId: 'message-1', reason: 'ExtractionSuperseded' }]);
  });

  test('fail for the one that comes late when the other one is done: the file stays complete', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.before('Update', 1, () => aws.files.seed({ ...theFile(), state: 'COMPLETED' }));

    expect(await extract()).toEqual(failed('message-1'));
    expect(theFile().state).toBe('COMPLETED');
  });
});

describe('a file that cannot be read any more', () => {
  const reasonSent = () => aws.calls.find(({ name }) => name === 'SendMessage')!.input.MessageAttributes.Reason.StringValue;

  test('fails for good when it was deleted: its ticket goes to the dead-letter queue, with the reason', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.s3.erase('incoming/orders.json');

    expect(await extract()).toEqual(failed());
    expect(aws.deadLetters.sent).toEqual([TICKET.Records[0].body]);
    expect(reasonSent()).toBe('FILE_GONE after 0 of 3 orders');
    expect(theFile().state).toBe('VALIDATED');
  });

  test('fails for good when it was deleted and S3 reports that as access denied', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.s3.erase('incoming/orders.json');
    aws.s3.denies = '403 for missing';

    expect(await extract()).toEqual(failed());
    expect(reasonSent()).toBe('FILE_GONE after 0 of 3 orders');
  });

  test('fails for now when S3 denies access to it: its ticket comes again', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.s3.denies = '403 for all';

    expect((await extract()).batchItemFailures).toHaveLength(1);
    expect(aws.deadLetters.sent).toEqual([]);
  });

  test('fails for good when it was overwritten', async () => {
    aws = new FakeAws({ keepsVersions: false });
    seed(ndjson(sampleOrders('order', 3)), 3);
    aws.s3.upload('incoming/orders.json', '[]');

    expect(await extract()).toEqual(failed());
    expect(reasonSent()).toBe('FILE_OVERWRITTEN after 0 of 3 orders');
    expect(aws.orders.messages).toEqual([]);
  });

  test('fails permanently when it is deleted during extraction: the reason states how many orders were sent', async () => {
    const notes = 'n'.repeat(500);
    seed(ndjson(sampleOrders('order', 12_000).map((order) => ({ ...order, notes }))), 12_000); // two ranges
    aws.before('GetObject', 2, () => aws.s3.erase('incoming/orders.json'));
    await extract();

    const { sent } = theFile().progress!;
    expect(sent).toBeGreaterThan(0);
    expect(reasonSent()).toBe(`FILE_GONE after ${sent} of 12000 orders`);
  });

  test('can be brought back: the ticket is redriven, and the rest is sent', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    const file = theFile();
    aws.s3.erase('incoming/orders.json');
    await extract();
    const { versionId } = aws.s3.upload('incoming/orders.json', ndjson(sampleOrders('order', 3)));
    aws.files.seed({ ...file, versionId });
    await extract();

    expect(theFile().state).toBe('COMPLETED');
  });
});

describe('outcomes that were recorded before the file was completed', () => {
  const recordAll = (orders: number, outcome: 'CONFIRMED' | 'REJECTED') => recordInChunk(theFile(), 0, Array.from({ length: orders }, (_, index) => ({
    fileId: FILE_ID, orderId: `order-${index}`, index, outcome, at: FILE_TIME, ...(outcome === 'REJECTED' ? { rejection: { code: 'EXPIRED', reason: 'late', errors: [] } } : {}),
  })), outcomeStore('files-table'));
  const types = () => aws.bus.events.map(({ type }) => type);

  test('are announced when it is completed', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    await recordAll(3, 'REJECTED');
    await extract();

    expect(theFile()).toMatchObject({ state: 'COMPLETED', outcomes: { confirmed: 0, changed: 0, unchanged: 0, rejected: 3 }, outcomesNotified: true });
    expect(types()).toEqual(['OrderFileCompleted', 'OrderFileProcessed']);
    expect(aws.alerts.messages).toMatchObject([{ Subject: 'Order file has 3 rejected orders: orders.json' }]);
    expect(outcomes()).toEqual([{ outcome: 'FileCompleted', fileId: FILE_ID }, { outcome: 'FileProcessed', fileId: FILE_ID }]);
  });

  test('are announced by the next delivery of the message when that failed', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    await recordAll(3, 'CONFIRMED');
    aws.crossing = failing(({ name, input }) => name === 'PutEvents' && input.Entries[0].DetailType === 'OrderFileProcessed', () => new Error('down'), 3);
    await extract();
    expect(theFile()).toMatchObject({ state: 'COMPLETED', outcomes: { confirmed: 3 } });
    expect(theFile()).not.toHaveProperty('outcomesNotified');
    await extract();

    expect(theFile()).toMatchObject({ outcomesNotified: true });
    expect(types()).toEqual(['OrderFileCompleted', 'OrderFileProcessed']);
    expect(aws.alerts.messages).toEqual([]);
  });

  test('are not announced while some are missing', async () => {
    seed(ndjson(sampleOrders('order', 3)), 3);
    await recordAll(2, 'CONFIRMED');
    await extract();

    expect(types()).toEqual(['OrderFileCompleted']);
    expect(theFile()).not.toHaveProperty('outcomes');
  });

  test('are announced at once for a file without valid orders', async () => {
    seed('[]', 0);
    await extract();

    expect(types()).toEqual(['OrderFileCompleted', 'OrderFileProcessed']);
    expect(theFile().outcomes).toEqual({ confirmed: 0, changed: 0, unchanged: 0, rejected: 0 });
  });
});

test('a completed file has the number of valid orders in each chunk, unless all of its orders are valid', async () => {
  seed(ndjson(sampleOrders('order', 3000)), 3000, { counts: { orders: 3000, valid: 2999, repeated: 1, invalid: 0 } });
  const bits = Buffer.alloc(375, 0xff);
  bits[300] = 0b11111110;
  storeSelection(...bits);
  await extract();
  expect(theFile()).toMatchObject({ state: 'COMPLETED', validByChunk: [1536, 1463] });

  aws = new FakeAws();
  seed(ndjson(sampleOrders('order', 3)), 3);
  await extract();
  expect(theFile()).not.toHaveProperty('validByChunk');
});

describe('an AWS error', () => {
  test('fails when some entries of a batch are not taken: these alone are sent again', async () => {
    seed(ndjson(sampleOrders('order', 20)), 20);
    let batches = 0;
    aws.crossing = (call, effect) => {
      if (call.name !== 'SendMessageBatch' || ++batches > 1) return effect();
      const [first, second, ...rest] = call.input.Entries;
      call.input.Entries = rest;
      return { ...(effect() as object), Failed: [first, second].map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) };
    };
    expect(await extract()).toEqual(failed());

    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 20).sort());
    expect(aws.orders.repeats).toBe(0);
    expect(aws.count('SendMessageBatch')).toBe(3);
  });

  test('fails when some are never taken: the checkpoint stays, and the ticket comes again', async () => {
    seed(ndjson(sampleOrders('order', 20)), 20);
    aws.crossing = failing(({ name }) => name === 'SendMessageBatch', () => Object.assign(new Error('canary'), { name: 'RequestThrottled' }));

    expect(await extract()).toEqual(failed('message-1'));
    expect(theFile()).toMatchObject({ state: 'VALIDATED' });
    expect(theFile().progress).toBeUndefined();
    expect(loggedText()).not.toContain('canary');
  });

  test.each(['Get', 'HeadObject', 'GetObject', 'Update', 'PutEvents', 'PutObject'])('fails when %s fails: the message is delivered again and completes the file', async (name) => {
    seed(ndjson(sampleOrders('order', 20)), 20);
    let failures = 0;
    aws.crossing = failing((call) => call.name === name && ++failures <= 3, () => new Error('down')); // PutEvents is tried three times
    for (let n = 0; n < 4; n++) await extract();

    // What got on is handed on, and does not count as a failed try.
    expect(outcomes()[0].outcome).toBe(name === 'PutEvents' || name === 'PutObject' ? 'FileContinued' : 'ConsumeFailed');
    expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 20 } });
    expect(new Set(aws.bus.events.map(({ metadata }) => metadata.eventId)).size).toBe(1);
    expect(sentIds().sort()).toEqual(messageIdsOf('order', 0, 20).sort());
  });
});

describe('an invocation that is killed', () => {
  /** Extracts a file with the first invocation killed at a request; whether it was. */
  async function killedAt(killAt: number, takesEffect: boolean): Promise<boolean> {
    aws = new FakeAws();
    makeInvocationsKillable(aws);
    seed(ndjson(sampleOrders('order', 1100)), 1100, { counts: { orders: 1100, valid: 1099, repeated: 1, invalid: 0 } });
    const bits = Buffer.alloc(138, 0xff);
    bits[0] = 0b11111101;
    aws.s3.upload(`reports/${FILE_ID}.selection`, bits);
    const answer = await new Invocation({ killAt, takesEffect: () => takesEffect }).run((context) => extract(context));
    aws.orders.now += 6 * 60 * 1000; // deduplication forgot
    await new Invocation().run((context) => extract(context));
    return answer === 'killed';
  }

  test.each([['has effect', true], ['has none', false]])('at any request, which %s, is recovered when the message is delivered again', async (_, takesEffect) => {
    let killed = 0;
    for (let n = 1; await killedAt(n, takesEffect); n = n > 6 && n < 105 ? n + 9 : n + 1) {
      killed++;
      const distinct = new Set(aws.orders.messages.map(({ body }) => body));
      expect([n, distinct.size]).toEqual([n, 1099]);
      expect(new Set(sentIds())).toEqual(new Set([...messageIdsOf('order', 0, 1), ...messageIdsOf('order', 2, 1100)]));
      expect(theFile()).toMatchObject({ state: 'COMPLETED', progress: { sent: 1099 } });
      expect(summary()).toMatchObject({ state: 'COMPLETED', sent: 1099 });
      expect(new Set(aws.bus.events.map(({ metadata }) => metadata.eventId)).size).toBe(1);
    }
    expect(killed).toBeGreaterThan(20);
  });
});

describe('a message about a file', () => {
  test.each([
    ['RECEIVED', {}], ['REJECTED', {}], ['COMPLETED', { outcomesNotified: true }],
  ] as const)('changes nothing when its file is %s', async (state, changes) => {
    seed(ndjson(sampleOrders('order', 3)), 3, { state, ...changes });
    expect(await extract()).toEqual(failed());

    expect(aws.calls.map(({ name }) => name)).toEqual(['Get']);
    expect(outcomes()).toEqual([{ outcome: 'FileRepeated', fileId: FILE_ID }]);
  });

  test('goes to the dead-letter queue when its file has no record', async () => {
    expect(await extract()).toEqual(failed());
    expect(aws.deadLetters.sent).toEqual([TICKET.Records[0].body]);
    expect(outcomes()).toEqual([{ outcome: 'PoisonMessage', messageId: 'message-1', reason: 'the files table has no file with this ID' }]);
  });

  test.each<[string, unknown]>([
    ['is not JSON', 'canary'], ['has no id', { canary: 'canary' }], ['has an id that is none', { fileId: 'canary' }], ['is not an object', [FILE_ID]],
  ])('goes to the dead-letter queue when it %s', async (_, message) => {
    const record = sqsRecord('message-1', message);

    expect(await handler(sqsEvent(record), UNHURRIED)).toEqual(failed());
    expect(aws.deadLetters.sent).toEqual([record.body]);
    expect(aws.count('Get')).toBe(0);
    expect(loggedText()).not.toContain('canary');
  });
});

test('the log contains neither the content nor the name of a file', async () => {
  seed(ndjson([sampleOrder({ orderId: 'canary', customerId: 'canary', notes: 'canary' })]), 1, { uploadedBy: 'canary' });
  await extract();
  aws.crossing = failing(({ name }) => name === 'SendMessageBatch', () => new Error('canary'));
  aws.files.seed({ ...theFile(), state: 'VALIDATED' });
  await extract();

  expect(outcomes()).toHaveLength(2);
  expect(loggedText()).not.toContain('canary');
});

test('an extraction that sent a different number of orders than are valid goes to the dead-letter queue, and does not complete', async () => {
  seed(ndjson(sampleOrders('order', 9)), 9, { counts: { orders: 9, valid: 8, repeated: 1, invalid: 0 } });
  storeSelection(0b00001111, 0);
  expect(await extract()).toEqual(failed());

  expect(theFile().state).toBe('EXTRACTING');
  expect(aws.deadLetters.sent).toHaveLength(1);
  expect(outcomes()).toMatchObject([{ outcome: 'PoisonMessage', reason: '4 orders were sent, but 8 are valid' }]);
});
