import { eventually } from '../../cli/local/system/eventually';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { recoverFromOutage } from '../support/recover-from-outage';
import { tryCommand } from '../support/run-command-line';
import { withConsolePage } from '../support/with-console-page';

describe('the example of an order model of your own, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start('own-order-model', 'FlowerOrders');
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const order = (number: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
    number,
    buyer: { id: 7, contact: 'Anna' },
    lines: [{ article: 'tulip, red', buckets: 4, length: '40cm' }],
    amounts: { currency: 'EUR', gross: '119.90' },
    ...changes,
  });

  test('takes an order with its fields over REST, changes it, lists it and cancels it', async () => {
    const sent = order('W-000001', { erpNumber: '4711/A', orderedOn: '2026-03-01' });
    expect(await pipeline.api.post(sent)).toMatchObject({ status: 202, body: { orderId: 'W-000001' } });
    const { body } = await pipeline.waitForStatus('W-000001', 'CONFIRMED');
    expect(body).toMatchObject({ customerId: '7', currency: 'EUR', total: 119.9, placedAt: '2026-03-01T00:00:00.000Z', externalReference: '4711/A' });
    expect(body.order).toEqual(sent);

    const patch = { delivery: { dock: 'NORTH' }, amounts: { gross: '130.00' } };
    expect((await pipeline.api.patch('W-000001', patch, { 'If-Match': '"1"' })).status).toBe(202);
    const changed = await pipeline.waitForVersion('W-000001', 2);
    expect(changed.body).toMatchObject({ total: 130, order: { ...sent, delivery: { dock: 'NORTH' }, amounts: { currency: 'EUR', gross: '130.00' } } });

    for (const query of ['customerId=7', 'externalReference=4711%2FA']) {
      expect((await pipeline.api.request(`/orders?${query}`, {})).body.items).toMatchObject([{ orderId: 'W-000001', total: 130 }]);
    }
    await pipeline.api.cancel('W-000001', { reason: 'market closed' });
    await pipeline.waitForStatus('W-000001', 'CANCELLED');
  });

  test('refuses what breaks its rules, with the path of every field', async () => {
    const wrong = await pipeline.api.post(order('42', { lines: [{ article: 'rose', buckets: 0, length: '45cm' }], customer: 'x' }));
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ path, code, message }: Record<string, string>) => `${path} ${code} ${message}`).sort()).toEqual([
      '/customer UNKNOWN_FIELD is not a known field; remove it',
      '/lines/0/buckets TOO_SMALL must be at least 1',
      '/lines/0/length INVALID_VALUE must be one of 40cm, 50cm, 60cm',
      '/number INVALID_FORMAT must be W- and six digits, such as W-000042',
    ]);
    const change = await pipeline.api.patch('W-000001', { buyer: { id: 8 }, lines: [], delivery: { dock: 'WEST' } });
    expect(change.body.errors.map(({ path, code }: Record<string, string>) => `${path} ${code}`).sort())
      .toEqual(['/buyer/id NOT_CHANGEABLE', '/delivery/dock INVALID_VALUE', '/lines TOO_SMALL']);
  });

  test('takes orders in a file, and reports those that break its rules', async () => {
    const lines = [order('W-000010'), order('W-000011', { amounts: { currency: 'USD', gross: '1.00' } }), order('W-000012')];
    await pipeline.files.upload('market.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
    const [file] = await pipeline.files.waitForState('market.ndjson', 'COMPLETED');
    expect(file.counts).toEqual({ orders: 3, valid: 2, repeated: 0, invalid: 1 });
    expect((await pipeline.files.report(file))[1]).toMatchObject({ orderId: 'W-000011', outcome: 'INVALID', errors: [{ path: '/amounts/currency', code: 'INVALID_VALUE' }] });
    for (const id of ['W-000010', 'W-000012']) await pipeline.waitForStatus(id, 'CONFIRMED');
  });

  test('changes stored orders by a file that has them with other contents, and counts what became of each', async () => {
    const upload = async (name: string, orders: readonly Record<string, unknown>[]) => {
      await pipeline.files.upload(name, orders.map((each) => JSON.stringify(each)).join('\n'));
      const [{ fileId }] = await pipeline.files.waitForState(name, 'COMPLETED');
      return pipeline.files.waitUntilProcessed(fileId);
    };
    const first = [20, 21, 22, 23].map((number) => order(`W-0000${number}`));
    expect((await upload('monday.ndjson', first)).outcomes).toEqual({ confirmed: 4, changed: 0, unchanged: 0, rejected: 0, pending: 0 });
    await pipeline.api.cancel('W-000022', { reason: 'market closed' });
    await pipeline.waitForStatus('W-000022', 'CANCELLED');

    const lines = [{ article: 'rose', buckets: 1, length: '50cm' }];
    const changed = order('W-000021', { lines, amounts: { currency: 'EUR', gross: '20.00' }, delivery: { dock: 'NORTH' } });
    const file = await upload('tuesday.ndjson', [
      first[0], changed, order('W-000022', { lines }), order('W-000023', { buyer: { id: 8, contact: 'Anna' }, erpNumber: '1' }), order('W-000024'),
    ]);
    expect(file.outcomes).toEqual({ confirmed: 1, changed: 1, unchanged: 1, rejected: 2, pending: 0 });
    const { body } = await pipeline.waitForVersion('W-000021', 2);
    expect(body).toMatchObject({ status: 'CONFIRMED', total: 20, order: changed });
    const event = await eventually('OrderChanged in the history', async () =>
      (await pipeline.api.request('/orders/W-000021/events', {})).body.items.find(({ type }: { type: string }) => type === 'OrderChanged'));
    expect(event).toMatchObject({ channel: 'file', version: 2, correlationId: file.fileId });
    expect(event.data.changed.toSorted()).toEqual(['amounts', 'delivery', 'lines']);
    const rejected = await pipeline.files.rejectedOrders(String(file.fileId), 4);
    expect(rejected.map(({ orderId, code, errors }) => [orderId, code, errors.map((error) => `${error.path} ${error.code}`).sort().join()])).toEqual([
      ['W-000022', 'NOT_CHANGEABLE', ' ORDER_CANCELLED'], ['W-000023', 'NOT_CHANGEABLE', '/buyer/id NOT_CHANGEABLE,/erpNumber NOT_CHANGEABLE'],
    ]);
    expect((await pipeline.api.get('W-000023')).body).toMatchObject({ version: 1, customerId: '7' });
  });

  test('has an example that the command "try" places, once', async () => {
    const first = await tryCommand(pipeline.local, '--stack', 'FlowerOrders');
    expect([first.status, first.output]).toEqual([0, expect.stringContaining('"lines": [{"article":"tulip, red"')]);
    expect((await pipeline.api.get('W-000042')).body.status).toBe('CONFIRMED');
    const second = await tryCommand(pipeline.local, '--stack', 'FlowerOrders');
    expect([second.status, second.errors]).toEqual([1, expect.stringContaining('order W-000042 exists already')]);
  });

  test('the console shows why an order was refused, finds one by its number, and brings back one of an outage', async () => {
    await withConsolePage(pipeline.local, 'FlowerOrders', async (page) => {
      await page.sendOrder(order('42'));
      await page.page.getByRole('alert').filter({ hasText: 'must be W- and six digits, such as W-000042' }).waitFor();
      await page.go('#/orders/W-000001');
      await page.text('order cancelled');
      await recoverFromOutage(page, 'W-000050', () => pipeline.api.post(order('W-000050')));
    });
    await pipeline.waitForStatus('W-000050', 'CONFIRMED');
  });
});
