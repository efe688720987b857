import { join } from 'node:path';
import { eventually } from '../../cli/local/system/eventually';
import { ConsoleProcess } from '../support/console-process';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { sampleOrder } from '../support/sample-order';

const APP = join(__dirname, 'console');

describe('the console of a pipeline, on a local AWS', () => {
  let local: LocalAws;
  let console: ConsoleProcess;
  beforeAll(async () => {
    local = await startLocalAws();
    await deployExample(APP, 'Shop', local);
    console = await ConsoleProcess.start(local, '--stack', 'Shop', '--pipeline', 'Orders', '--allow-changes', '--show-contents');
  }, 300_000);
  afterAll(async () => {
    await console?.stop();
    await local?.stop();
  });

  const statusOf = async (orderId: string) => (await console.get(`orders?orderId=${orderId}`)).orders[0]?.status;
  const until = (orderId: string, status: string) => eventually(`${orderId} ${status}`, async () => (await statusOf(orderId)) === status || undefined, 60);
  const totals = async () => (await console.get('status')).totals;

  test('an order is placed, changed and cancelled, and its history has the operator', async () => {
    const placed = await console.request('POST', 'orders', sampleOrder({ orderId: 'console-1', customerId: 'anna' }));
    expect(placed).toMatchObject({ status: 200, body: { status: 202, orderId: 'console-1' } });
    await until('console-1', 'CONFIRMED');
    expect((await console.request('POST', 'orders/console-1/changes', { notes: 'ring twice' })).body.status).toBe(202);
    await eventually('the change', async () => (await console.get('orders/console-1')).summary.version === 2 || undefined);
    await console.request('POST', 'orders/console-1/cancellations', { reason: 'was a test' });
    await until('console-1', 'CANCELLED');
    const details = await eventually('the history', async () => {
      const order = await console.get('orders/console-1');
      return order.timeline.some(({ type }: { type: string }) => type === 'OrderCancelled') ? order : undefined;
    });
    expect(new Set(details.timeline.map(({ by }: { by: string }) => by))).toEqual(new Set(['arn:aws:iam::000000000000:root']));
    expect(details.versions.map(({ version, order }: { version: number; order: { notes?: string } }) => [version, order.notes]).slice(0, 2)).toEqual([[1, undefined], [2, 'ring twice']]);
    expect((await console.get('orders?customerId=anna')).orders).toMatchObject([{ orderId: 'console-1', status: 'CANCELLED' }]);
  });

  test('an order that breaks the rules is answered with its errors', async () => {
    const { body } = await console.request('POST', 'orders', { orderId: 'console-2' });
    expect(body).toMatchObject({ status: 400, problem: { status: 400, errors: expect.arrayContaining([expect.objectContaining({ path: '/currency' })]) } });
  });

  test('a file is uploaded, and its orders and errors are shown', async () => {
    const orders = [sampleOrder({ orderId: 'filed-1' }), { orderId: 'filed-2' }];
    expect((await console.request('PUT', 'files/orders.json', JSON.stringify(orders))).body).toEqual({ key: 'incoming/orders.json' });
    const [{ fileId }] = await eventually('the outcome of the file', async () => {
      const { files } = await console.get('files');
      return files[0]?.outcomes?.confirmed === 1 ? files : undefined;
    }, 60);
    const file = await console.get(`files/${fileId}`);
    expect(file.summary).toMatchObject({ state: 'COMPLETED', counts: { total: 2, valid: 1, invalid: 1 }, sent: 1 });
    expect(file.errors).toContainEqual(expect.objectContaining({ orderId: 'filed-2', path: '/currency' }));
    expect((await console.get(`orders?fileId=${fileId}`)).orders).toMatchObject([{ orderId: 'filed-1', status: 'CONFIRMED' }, { orderId: 'filed-2', status: 'INVALID' }]);
    expect((await console.get(`files/${fileId}/report`)).split('\n')).toHaveLength(3);
  });

  test('an order that a throttled table dead-letters is redriven by its ID, confirmed, and the totals add up throughout', async () => {
    await console.request('POST', 'faults/throttle-orders-table');
    await console.request('POST', 'orders', sampleOrder({ orderId: 'throttled-1' }));
    const message = await eventually('the dead letter', async () => {
      const { queues } = await console.get('dead-letters');
      return queues.find(({ queue }: { queue: string }) => queue === 'processing').messages[0];
    }, 90);
    expect(message).toMatchObject({ queue: 'processing', orderId: 'throttled-1', reason: expect.stringContaining('Throttling') });
    expect((await console.get('orders/throttled-1')).deadLetters).toMatchObject([{ messageId: message.messageId }]);
    expect(await totals()).toMatchObject({ accepted: 3, confirmed: 2, deadLettered: 1, unaccounted: 0 });

    expect((await console.request('DELETE', 'faults/throttle-orders-table')).body.faults[0].active).toBe(false);
    const nothing = await console.request('POST', 'dead-letters/redrive', { queue: 'processing', messageIds: ['another'] });
    expect(nothing.body).toMatchObject({ moved: 0, failed: 0 });
    const { body } = await console.request('POST', 'dead-letters/redrive', { queue: 'processing', messageIds: [message.messageId] });
    expect(body).toEqual({ moved: 1, failed: 0, remaining: 0, notes: [] });
    await until('throttled-1', 'CONFIRMED');
    const redriven = await eventually('OrderRedriven', async () => (await console.get('events?type=OrderRedriven')).events[0]);
    expect(redriven).toMatchObject({ orderId: 'throttled-1', by: 'arn:aws:iam::000000000000:root' });
    const last = await eventually('the last outcome', async () => {
      const found = await totals();
      return found.confirmed === 3 ? found : undefined;
    });
    expect(last).toEqual({ accepted: 3, confirmed: 3, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 0 });
  });

  test('the pipeline with an own order model and tenants places an order of a tenant over the bus', async () => {
    const flowers = await ConsoleProcess.start(local, '--stack', 'Shop', '--pipeline', 'Flowers', '--allow-changes');
    try {
      expect(await flowers.get('pipeline')).toMatchObject({ hasTenants: true, hasFiles: false, orderModel: { schema: { properties: { number: expect.anything() } } } });
      const order = { number: 'W-000001', buyer: { id: 7, contact: 'Anna' }, lines: [{ article: 'tulip, red', buckets: 4, length: '40cm' }], amounts: { currency: 'EUR', gross: '119.90' } };
      expect((await flowers.request('POST', 'orders', order)).status).toBe(400);
      expect((await flowers.request('POST', 'orders?tenant=acme', order)).body).toMatchObject({ status: 202, orderId: 'W-000001' });
      const found = await eventually('the order', async () => {
        const { body } = await flowers.request('GET', 'orders/W-000001?tenant=acme');
        return body.summary?.status === 'CONFIRMED' ? body : undefined;
      }, 60);
      expect(found).toMatchObject({ masked: true, summary: { tenant: 'acme', customerId: '•••' }, order: { order: { number: '•••', buyer: { contact: '•••' } } } });
      expect((await flowers.request('GET', 'orders/W-000001?tenant=globex')).status).toBe(404);
      expect((await flowers.get('orders?tenant=acme&status=CONFIRMED')).orders).toMatchObject([{ orderId: 'W-000001' }]);
    } finally {
      expect(await flowers.stop()).toBe(0);
    }
  });
});
