import { gzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import { fromHistoryItem } from '../../handlers/aws/history-items';
import { clientConfig } from '../support/client-config';
import { csvText } from '../support/csv-format';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain, peek } from '../support/deployed-queues';
import { ndjson, sampleOrders } from '../support/order-files';
import { eraseCommand } from '../support/run-command-line';
import { sampleOrder } from '../support/sample-order';

describe('order files, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const receiveAlerts = async () => (await drain(pipeline.local, pipeline.outputs.AlertsQueueUrl)).map(({ Body }) => JSON.parse(Body!));
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- alerts as SNS delivers them
  const received: any[] = [];
  const waitForAlerts = (name: string) => eventually(`an alert about ${name}`, async () => {
    const alerts = await receiveAlerts();
    return alerts.length > 0 ? alerts : undefined;
  });

  test('confirms every order of a valid file', async () => {
    await pipeline.files.upload('good (1)+50%.json', JSON.stringify(sampleOrders('good', 30)));
    const [file] = await pipeline.files.waitForState('good (1)+50%.json', 'COMPLETED');
    expect(file).toMatchObject({ state: 'COMPLETED', sent: 30, counts: { orders: 30, valid: 30, repeated: 0, invalid: 0 }, errors: [] });
    expect(file.checksum).toMatch(/^[0-9a-f]{64}$/);
    for (const index of [0, 15, 29]) await pipeline.waitForStatus(`good-${index}`, 'CONFIRMED');
    const confirmed = await pipeline.waitForEvent('good-3', 'OrderConfirmed');
    expect(confirmed.detail.metadata).toMatchObject({ channel: 'file', correlationId: file.fileId });
    expect((await pipeline.files.report(file)).map(({ outcome }) => outcome)).toEqual(Array(30).fill('VALID'));
    expect(JSON.parse(await pipeline.files.read(file.report.summaryKey))).toMatchObject({ state: 'COMPLETED', sent: 30 });
    expect((await pipeline.api.request(`/files/${file.fileId}`, {})).body).toMatchObject({ fileId: file.fileId, counts: file.counts, checksum: file.checksum });
    const { outcomes } = await pipeline.files.waitUntilProcessed(file.fileId);
    expect(outcomes).toEqual({ confirmed: 30, changed: 0, unchanged: 0, rejected: 0, pending: 0 });
  });

  test('sends the valid orders of a file with invalid lines, reports the invalid lines, and sends one alert', async () => {
    await receiveAlerts();
    const text = ndjson([sampleOrder({ orderId: 'mixed-0' }), sampleOrder({ orderId: 'mixed-1', total: 1 })])
      + '{"orderId":"mixed-2",\n' + ndjson([sampleOrder({ orderId: 'mixed-0' }), sampleOrder({ orderId: 'mixed-0', notes: 'other' })]);
    await pipeline.files.upload('mixed.ndjson', gzipSync(text));
    const [file] = await pipeline.files.waitForState('mixed.ndjson', 'COMPLETED');
    expect(file.counts).toEqual({ orders: 5, valid: 1, repeated: 1, invalid: 3 });
    expect((await pipeline.files.report(file)).map(({ outcome, errors }) => [outcome, errors?.[0].code])).toEqual([
      ['VALID', undefined], ['INVALID', 'TOTAL_MISMATCH'], ['INVALID', 'INVALID_JSON'], ['REPEATED', undefined], ['INVALID', 'DUPLICATE_ORDER_ID'],
    ]);
    await pipeline.waitForStatus('mixed-0', 'CONFIRMED');
    expect((await pipeline.api.get('mixed-1')).status).toBe(404);
    const alerts = await waitForAlerts('mixed.ndjson');
    expect(alerts).toHaveLength(1);
    expect(alerts[0].Message).toContain('5 read: 1 valid, 1 repeated, 3 invalid');
    expect(alerts[0].MessageAttributes.reason.Value).toBe('INVALID_ORDERS');
  });

  test('rejects a file that is not JSON with the line of the error, and sends none of its orders', async () => {
    await pipeline.files.upload('bad.json', `[${JSON.stringify(sampleOrder({ orderId: 'never-0' }))},\n oops]`);
    const [file] = await pipeline.files.waitForState('bad.json', 'REJECTED');
    expect(file.reason).toMatchObject({ code: 'INVALID_JSON', line: 2 });
    expect((await pipeline.api.get('never-0')).status).toBe(404);
    expect((await waitForAlerts('bad.json')).map(({ Subject }) => Subject)).toEqual(['Order file rejected: bad.json']);
  });

  test('confirms the only order of a file that spans lines', async () => {
    await pipeline.files.upload('pretty.json', JSON.stringify(sampleOrder({ orderId: 'pretty-0' }), undefined, 2));
    const [file] = await pipeline.files.waitForState('pretty.json', 'COMPLETED');
    expect(file).toMatchObject({ sent: 1, counts: { orders: 1, valid: 1, repeated: 0, invalid: 0 } });
    await pipeline.waitForStatus('pretty-0', 'CONFIRMED');
  });

  test('confirms the orders of a CSV file, and reports wrong cells', async () => {
    const rows = [
      ['orderId', 'customerId', 'currency', 'sku', 'quantity', 'unitPrice'],
      ['csv-0', 'c', 'EUR', 'mug', '2', '1250'], ['csv-0', 'c', 'EUR', 'tea; green', '1', '900'], ['csv-1', 'c', 'EUR', 'mug', 'two', '1250'],
    ];
    await pipeline.files.upload('orders.csv', gzipSync(csvText(rows, ';', '\r\n')));
    const [file] = await pipeline.files.waitForState('orders.csv', 'COMPLETED');
    expect(file.counts).toEqual({ orders: 2, valid: 1, repeated: 0, invalid: 1 });
    expect((await pipeline.files.report(file)).map(({ orderId, errors }) => [orderId, errors?.map(({ path, code }) => `${path} ${code}`)])).toEqual([
      ['csv-0', undefined], ['csv-1', ['/items/0/quantity INVALID_TYPE']],
    ]);
    await pipeline.waitForStatus('csv-0', 'CONFIRMED');
    expect((await pipeline.api.get('csv-0')).body).toMatchObject({
      total: 3400, order: { items: [{ sku: 'mug', quantity: 2, unitPrice: 1250 }, { sku: 'tea; green', quantity: 1, unitPrice: 900 }] },
    });
    await waitForAlerts('orders.csv');
  });

  test('rejects a file in UTF-16 by name, and ignores markers', async () => {
    await pipeline.files.upload('_SUCCESS', '{"committer":"nightly"}');
    await pipeline.files.upload('utf16.ndjson', Buffer.from(`\uFEFF${ndjson(sampleOrders('utf16', 2))}`, 'utf16le'));
    const [file] = await pipeline.files.waitForState('utf16.ndjson', 'REJECTED');
    expect(file.reason).toMatchObject({ code: 'NOT_UTF8', message: expect.stringContaining('the file is UTF-16; save it as UTF-8') });
    expect((await waitForAlerts('utf16.ndjson')).map(({ Subject }) => Subject)).toEqual(['Order file rejected: utf16.ndjson']);
    for (const state of ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED']) {
      expect((await pipeline.files.list(state)).map(({ key }) => key)).not.toContain('incoming/_SUCCESS');
    }
  });

  test('processes the same content again as another file, which changes no order', async () => {
    const content = JSON.stringify({ orders: sampleOrders('again', 12) });
    await pipeline.files.upload('again.json', content);
    await pipeline.files.waitForState('again.json', 'COMPLETED');
    for (let index = 0; index < 12; index++) await pipeline.waitForStatus(`again-${index}`, 'CONFIRMED');
    await pipeline.files.upload('again.json', content);
    const [second, first] = await pipeline.files.waitForState('again.json', 'COMPLETED', 2);
    expect(second.fileId).not.toBe(first.fileId);
    expect(second.checksum).toBe(first.checksum);
    await pipeline.waitUntilIdle();
    const types = (await pipeline.eventsOf('again-5')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderConfirmed')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderRejected')).toHaveLength(0);
    expect((await pipeline.api.get('again-5')).body.version).toBe(1);
  });

  test('counts, lists and announces the orders that are rejected after they were sent', async () => {
    const orders = sampleOrders('later', 40);
    await pipeline.files.upload('first.ndjson', ndjson(orders.slice(0, 20)));
    const [first] = await pipeline.files.waitForState('first.ndjson', 'COMPLETED');
    await pipeline.files.waitUntilProcessed(first.fileId);
    await receiveAlerts();
    // Four IDs with other contents, sixteen repeats, two orders that the validation hook rejects, one that is invalid.
    const nightly = orders.map((order, index) => {
      if (index % 5 === 0 && index < 20) return { ...order, notes: 'other' };
      return index === 25 || index === 33 ? { ...order, items: [{ sku: 'discontinued', quantity: 1, unitPrice: 100 }] } : order;
    });
    await pipeline.files.upload('nightly.ndjson', ndjson([...nightly, sampleOrder({ orderId: 'later-invalid', total: 1 })]));
    const [{ fileId }] = await pipeline.files.waitForState('nightly.ndjson', 'COMPLETED');

    const file = await pipeline.files.waitUntilProcessed(fileId);
    expect(file).toMatchObject({
      state: 'COMPLETED', sent: 40, counts: { orders: 41, valid: 40, repeated: 0, invalid: 1 }, outcomes: { confirmed: 18, changed: 0, unchanged: 16, rejected: 6, pending: 0 },
    });
    const rejected = await pipeline.files.rejectedOrders(fileId, 4);
    expect(rejected.map(({ index, orderId, code }) => [index, orderId, code])).toEqual([
      ...[0, 5, 10, 15].map((index) => [index, `later-${index}`, 'DUPLICATE_ORDER_ID']), ...[25, 33].map((index) => [index, `later-${index}`, 'REJECTED_BY_HOOK']),
    ]);
    expect(rejected[4].errors).toMatchObject([{ path: '/items/0/sku', code: 'NOT_SOLD' }]);
    expect((await pipeline.api.request(`/files/${fileId}/orders?outcome=CONFIRMED`, {})).status).toBe(400);

    const [event] = await pipeline.waitForEvents('OrderFileProcessed', fileId, 1);
    expect((event.detail.data as { outcomes: object }).outcomes).toEqual({ confirmed: 18, changed: 0, unchanged: 16, rejected: 6 });
    const alerts = await eventually('two alerts about nightly.ndjson', async () => {
      received.push(...await receiveAlerts());
      return received.length >= 2 ? received : undefined;
    });
    expect(alerts.map(({ Subject }) => Subject).sort()).toEqual(['Order file has 1 invalid orders: nightly.ndjson', 'Order file has 6 rejected orders: nightly.ndjson']);
    expect(alerts.find(({ Subject }) => Subject.includes('rejected')).Message).toContain('40 sent: 18 confirmed, 0 changed, 16 unchanged, 6 rejected');
  });

  test('returns lists of files in pages, and all errors of an invalid query', async () => {
    const { body } = await pipeline.api.request('/files?state=COMPLETED&limit=1', {});
    expect(body.items).toHaveLength(1);
    const next = await pipeline.api.request(`/files?state=COMPLETED&limit=1&nextToken=${body.nextToken}`, {});
    expect(next.body.items[0].fileId).not.toBe(body.items[0].fileId);
    const wrong = await pipeline.api.request('/files?state=NONE&limit=0&nextToken=%00', {});
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['state', 'limit', 'nextToken']);
    expect((await pipeline.api.request('/files/none', {})).status).toBe(404);
  });

  test('a customer is erased from the orders, their history, a file and a dead-letter queue, and others are not', async () => {
    const person = { customerId: 'anna-7', email: 'anna@example.com', shippingAddress: { name: 'Anna Example' }, notes: 'ring at Miller' };
    const strings = /anna-7|anna@example|Anna Example|Miller/;
    const orders = [sampleOrder({ orderId: 'erase-a', ...person }), sampleOrder({ orderId: 'erase-b', customerId: 'bob', email: 'bob@example.com' })];
    await pipeline.files.upload('erase.ndjson', ndjson(orders));
    const [{ fileId }] = await pipeline.files.waitForState('erase.ndjson', 'COMPLETED');
    await pipeline.files.waitUntilProcessed(fileId);
    await pipeline.waitForEvent('erase-a', 'OrderConfirmed');
    const { url: QueueUrl } = await pipeline.queue('OrdersProcessorProcessingDeadLetterQueue');
    const message = { 'detail-type': 'OrderValidated', 'detail': { metadata: { orderId: 'erase-c' }, facts: { customerId: 'anna-7' }, data: { order: person } } };
    await new SQSClient(clientConfig(pipeline.local)).send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
    await pipeline.waitUntilIdle();
    const [before, events] = [await storedOrders(), (await pipeline.eventsOf('erase-a')).length];

    const erase = async (...args: string[]) => {
      const { output, errors, status } = await eraseCommand(pipeline.local, '--stack', 'FullOrders', '--customer', 'anna-7', '--json', ...args);
      if (output === '') throw new Error(`exit status ${status}: ${errors}`);
      const { places } = JSON.parse(output) as { places: { place: string; found: number }[] };
      return { status, found: Object.fromEntries(places.filter(({ found }) => found > 0).map(({ place, found }) => [place.split(' ')[0], found])) };
    };
    expect(await erase('--execute', '--delete-files')).toEqual({ status: 0, found: { 'orders': 1, 'history': 2, 'dead-letter': 1, 'bucket': 1 } });

    const after = await storedOrders();
    expect(after.filter((text) => strings.test(text))).toEqual([]);
    const isOfOthers = (text: string) => !text.includes('erase-a');
    expect(after.filter(isOfOthers).sort()).toEqual(before.filter((text) => isOfOthers(text) && !strings.test(text)).sort());
    expect(await pipeline.files.versions('incoming/erase.ndjson')).toEqual([]);
    expect(await peek(pipeline.local, QueueUrl)).toEqual([]);
    expect((await pipeline.api.get('erase-a')).body).toMatchObject({ status: 'CONFIRMED', version: 1, order: { orderId: 'erase-a', currency: 'EUR' } });
    expect(await erase()).toEqual({ status: 0, found: {} });
    await pipeline.waitUntilIdle();
    expect(await pipeline.eventsOf('erase-a')).toHaveLength(events);
  });

  /** The items of all tables as text, with contents that were compressed. */
  const storedOrders = async (): Promise<string[]> => {
    const client = new DynamoDBClient(clientConfig(pipeline.local));
    const { TableNames = [] } = await client.send(new ListTablesCommand());
    const pages = await Promise.all(TableNames.map((TableName) => client.send(new ScanCommand({ TableName }))));
    return pages.flatMap(({ Items = [] }) => Items.map((item) => JSON.stringify(item.contents?.B ? fromHistoryItem(item) : item)));
  };
});
