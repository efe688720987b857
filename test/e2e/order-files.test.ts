import { gzipSync } from 'node:zlib';
import { DeployedFiles } from '../support/deployed-files';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
import { ndjson, sampleOrders } from '../support/order-files';
import { sampleOrder } from '../support/sample-order';

describe('order files, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let files: DeployedFiles;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    files = new DeployedFiles(pipeline.local, pipeline.outputs.FilesBucketName, pipeline.api);
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const alerts = async () => (await drain(pipeline.local, pipeline.outputs.AlertsQueueUrl)).map(({ Body }) => JSON.parse(Body!));
  const alertAbout = (name: string) => eventually(`an alert about ${name}`, async () => {
    const told = await alerts();
    return told.length > 0 ? told : undefined;
  });

  test('a file is dropped, and each of its orders comes out confirmed', async () => {
    await files.upload('good (1)+50%.json', JSON.stringify(sampleOrders('good', 30)));
    const [file] = await files.settled('good (1)+50%.json', 'COMPLETED');
    expect(file).toMatchObject({ state: 'COMPLETED', sent: 30, counts: { orders: 30, valid: 30, repeated: 0, invalid: 0 }, errors: [] });
    expect(file.checksum).toMatch(/^[0-9a-f]{64}$/);
    for (const index of [0, 15, 29]) await pipeline.status(`good-${index}`, 'CONFIRMED');
    const confirmed = await pipeline.event('good-3', 'OrderConfirmed');
    expect(confirmed.detail.metadata).toMatchObject({ channel: 'file', correlationId: file.fileId });
    expect((await files.report(file)).map(({ outcome }) => outcome)).toEqual(Array(30).fill('VALID'));
    expect(JSON.parse(await files.read(file.report.summaryKey))).toMatchObject({ state: 'COMPLETED', sent: 30 });
    expect((await pipeline.api.request(`/files/${file.fileId}`, {})).body).toEqual(file);
  });

  test('of a file with bad lines the good ones are sent, the others are reported, and one alert is sent', async () => {
    await alerts();
    const text = ndjson([sampleOrder({ orderId: 'mixed-0' }), sampleOrder({ orderId: 'mixed-1', total: 1 })])
      + '{"orderId":"mixed-2",\n' + ndjson([sampleOrder({ orderId: 'mixed-0' }), sampleOrder({ orderId: 'mixed-0', notes: 'other' })]);
    await files.upload('mixed.ndjson', gzipSync(text));
    const [file] = await files.settled('mixed.ndjson', 'COMPLETED');
    expect(file.counts).toEqual({ orders: 5, valid: 1, repeated: 1, invalid: 3 });
    expect((await files.report(file)).map(({ outcome, errors }) => [outcome, errors?.[0].code])).toEqual([
      ['VALID', undefined], ['INVALID', 'TOTAL_MISMATCH'], ['INVALID', 'INVALID_JSON'], ['REPEATED', undefined], ['INVALID', 'DUPLICATE_ORDER_ID'],
    ]);
    await pipeline.status('mixed-0', 'CONFIRMED');
    expect((await pipeline.api.get('mixed-1')).status).toBe(404);
    const told = await alertAbout('mixed.ndjson');
    expect(told).toHaveLength(1);
    expect(told[0].Message).toContain('5 read: 1 valid, 1 repeated, 3 invalid');
    expect(told[0].MessageAttributes.reason.Value).toBe('INVALID_ORDERS');
  });

  test('a file that is no JSON is rejected with the place, and nothing of it is sent', async () => {
    await files.upload('bad.json', `[${JSON.stringify(sampleOrder({ orderId: 'never-0' }))},\n oops]`);
    const [file] = await files.settled('bad.json', 'REJECTED');
    expect(file.reason).toMatchObject({ code: 'INVALID_JSON', line: 2 });
    expect((await pipeline.api.get('never-0')).status).toBe(404);
    expect((await alertAbout('bad.json')).map(({ Subject }) => Subject)).toEqual(['Order file rejected: bad.json']);
  });

  test('the same file again is a file of its own, and changes nothing', async () => {
    const content = JSON.stringify({ orders: sampleOrders('again', 12) });
    await files.upload('again.json', content);
    await files.settled('again.json', 'COMPLETED');
    for (let index = 0; index < 12; index++) await pipeline.status(`again-${index}`, 'CONFIRMED');
    await files.upload('again.json', content);
    const [second, first] = await files.settled('again.json', 'COMPLETED', 2);
    expect(second.fileId).not.toBe(first.fileId);
    expect(second.checksum).toBe(first.checksum);
    await pipeline.quiet();
    const types = (await pipeline.eventsOf('again-5')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderConfirmed')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderRejected')).toHaveLength(0);
    expect((await pipeline.api.get('again-5')).body.version).toBe(1);
  });

  test('a list of files is read page by page, and a wrong query is answered with all that is wrong', async () => {
    const { body } = await pipeline.api.request('/files?state=COMPLETED&limit=1', {});
    expect(body.items).toHaveLength(1);
    const next = await pipeline.api.request(`/files?state=COMPLETED&limit=1&nextToken=${body.nextToken}`, {});
    expect(next.body.items[0].fileId).not.toBe(body.items[0].fileId);
    const wrong = await pipeline.api.request('/files?state=NONE&limit=0&nextToken=%00', {});
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['state', 'limit', 'nextToken']);
    expect((await pipeline.api.request('/files/none', {})).status).toBe(404);
  });
});
