import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import type { RedriveResponse } from '../../handlers/shared/redrive';
import { clientConfig } from '../support/client-config';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain } from '../support/deployed-queues';
import { OrdersApi, type ApiResponse } from '../support/orders-api';
import { recoverFromOutage } from '../support/recover-from-outage';
import { redriveCommand, tryCommand } from '../support/run-command-line';
import { sampleOrder } from '../support/sample-order';
import { withConsolePage } from '../support/with-console-page';

describe('the example of tenants, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  /** By the name of their key. */
  let [acme, acmeNext, globex, support]: OrdersApi[] = [];
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start('tenants', 'Marketplace');
    const { local, outputs } = pipeline;
    acme = pipeline.api;
    [acmeNext, globex, support] = await Promise.all(
      ['AcmeNextKeyId', 'GlobexKeyId', 'SupportKeyId'].map((output) => OrdersApi.withKey(local, outputs, outputs[output])),
    );
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const confirmed = (api: OrdersApi, orderId: string, query = ''): Promise<ApiResponse> => eventually(`order ${orderId} confirmed`, async () => {
    const answer = await api.request(`/orders/${orderId}${query}`, {});
    return answer.body.status === 'CONFIRMED' ? answer : undefined;
  });
  const ofTenant = (tenant: string, id: string) => sampleOrder({ orderId: id, notes: `of ${tenant}`, externalReference: 'PO-1' });

  /** The same order ID for both tenants. */
  async function placeForBoth(orderId: string): Promise<void> {
    for (const [tenant, api] of [['acme', acme], ['globex', globex]] as const) {
      expect(await api.post(ofTenant(tenant, orderId))).toMatchObject({ status: 202, body: { orderId } });
      await confirmed(api, orderId);
    }
  }

  test('the first request is one of the first tenant', async () => {
    expect(await tryCommand(pipeline.local, '--stack', 'Marketplace')).toMatchObject({ status: 0 });
  });

  test('two tenants use the same order ID, and each reads, changes and cancels its own order only', async () => {
    await placeForBoth('o-1');
    expect((await acme.get('o-1')).body).toMatchObject({ tenant: 'acme', orderId: 'o-1', version: 1, order: { notes: 'of acme' } });
    expect((await globex.get('o-1')).body).toMatchObject({ tenant: 'globex', orderId: 'o-1', version: 1, order: { notes: 'of globex' } });

    expect((await globex.patch('o-1', { notes: 'changed' }, { 'If-Match': '"1"' })).status).toBe(202);
    await eventually('version 2', async () => (await globex.get('o-1')).body.version === 2 || undefined);
    expect((await globex.cancel('o-1', { reason: 'sold out' })).status).toBe(202);
    await eventually('the cancellation', async () => (await globex.get('o-1')).body.status === 'CANCELLED' || undefined);
    expect((await acme.get('o-1')).body).toMatchObject({ status: 'CONFIRMED', version: 1, order: { notes: 'of acme' } });

    const typesOf = async (api: OrdersApi) => (await api.request('/orders/o-1/events', {})).body.items.map(({ type }: { type: string }) => type);
    await eventually('the history of globex', async () => (await typesOf(globex)).includes('OrderCancelled') || undefined);
    expect(await typesOf(acme)).toEqual(['OrderValidated', 'OrderConfirmed']);
  });

  test('an order that only the other tenant has does not exist', async () => {
    await acme.post(ofTenant('acme', 'only-acme'));
    await confirmed(acme, 'only-acme');
    const missing = await globex.get('missing');
    for (const path of ['', '/events']) expect((await globex.request(`/orders/only-acme${path}`, {})).status).toBe(404);
    const { status, body } = await globex.get('only-acme');
    expect({ status, ...body, correlationId: '' }).toEqual({ status: missing.status, ...missing.body, correlationId: '' });
  });

  test('lists have the orders of one tenant, and page tokens are those of one tenant', async () => {
    for (const id of ['l-1', 'l-2', 'l-3']) await placeForBoth(id);
    for (const query of ['customerId=customer-1', 'status=CONFIRMED', 'externalReference=PO-1']) {
      const page = await eventually(`a second page of ${query}`, async () => {
        const answer = await acme.request(`/orders?${query}&limit=2`, {});
        return answer.body.nextToken ? answer : undefined;
      });
      expect(page.body.items.map(({ tenant }: { tenant: string }) => tenant)).toEqual(['acme', 'acme']);
      const next = `/orders?${query}&limit=2&nextToken=${encodeURIComponent(page.body.nextToken)}`;
      expect((await acme.request(next, {})).status).toBe(200);
      expect(await globex.request(next, {})).toMatchObject({ status: 400, body: { errors: [{ path: 'nextToken', code: 'INVALID_TOKEN' }] } });
    }
    expect((await globex.request('/orders?status=CONFIRMED&tenant=acme', {})).status).toBe(400);
  });

  test('the same idempotency key is the same order for both keys of a tenant, and another one for the other tenant', async () => {
    const place = async (api: OrdersApi, notes: string) => (await api.post(sampleOrder({ notes }), { 'Idempotency-Key': 'checkout-1' })).body.orderId as string;
    const orderId = await place(acme, 'of acme');
    expect(await place(acmeNext, 'of acme')).toBe(orderId);
    await confirmed(acmeNext, orderId);
    expect((await globex.get(orderId)).status).toBe(404);
    const other = await place(globex, 'of globex');
    expect((await confirmed(globex, other)).body.order.notes).toBe('of globex');
    expect((await acme.get(orderId)).body.order.notes).toBe('of acme');
  });

  test('a file belongs to the tenant of its folder, and one without a tenant is rejected', async () => {
    for (const tenant of ['acme', 'globex']) {
      await pipeline.files.upload(`${tenant}/night.ndjson`, JSON.stringify(ofTenant(tenant, 'f-1')));
    }
    await confirmed(acme, 'f-1');
    expect((await confirmed(globex, 'f-1')).body.order.notes).toBe('of globex');
    const [file] = await pipeline.files.waitForState('acme/night.ndjson', 'COMPLETED');
    expect(file.report.key).toBe(`reports/acme/${file.fileId}.ndjson`);
    for (const path of ['', '/orders?outcome=REJECTED']) expect((await globex.request(`/files/${file.fileId}${path}`, {})).status).toBe(404);
    expect((await globex.request('/files?state=COMPLETED', {})).body.items.map(({ key }: { key: string }) => key)).toEqual(['incoming/globex/night.ndjson']);

    await pipeline.files.upload('night.ndjson', JSON.stringify(ofTenant('acme', 'f-2')));
    const fileId = await eventually('the report about the file without a tenant', async () => {
      const reports = await pipeline.files.reportKeys();
      return reports.map((key) => /^reports\/([0-9a-f]{32})\.ndjson$/.exec(key)?.[1]).find((id) => id !== undefined);
    });
    const rejected = await eventually('the rejection of the file', async () => {
      const answer = await support.request(`/files/${fileId}?tenant=acme`, {});
      return answer.body.state === 'REJECTED' ? answer : undefined;
    });
    expect(rejected.body).toMatchObject({ reason: { code: 'NO_TENANT' }, key: 'incoming/night.ndjson' });
    for (const api of [acme, globex]) expect((await api.request(`/files/${fileId}`, {})).status).toBe(404);
    expect((await acme.get('f-2')).status).toBe(404);
  });

  test('other systems name the tenant', async () => {
    for (const tenant of ['acme', 'globex']) {
      await pipeline.bus.publish('OrderPlacementRequested', { eventId: 'placement-1', tenant }, { order: ofTenant(tenant, 'b-1') });
    }
    await confirmed(acme, 'b-1');
    await confirmed(globex, 'b-1');
    await pipeline.bus.publish('OrderFulfilled', { eventId: 'shipment-1', orderId: 'b-1', tenant: 'globex' });
    await eventually('the fulfillment', async () => (await globex.get('b-1')).body.status === 'FULFILLED' || undefined);
    expect((await acme.get('b-1')).body.status).toBe('CONFIRMED');
  });

  test('a subscription receives the events of one tenant', async () => {
    await placeForBoth('s-1');
    const events = await eventually('the event about the order of globex', async () => {
      const messages = await drain(pipeline.local, pipeline.outputs.GlobexOrdersQueueUrl);
      const received = messages.map(({ Body }) => JSON.parse(Body!).detail.metadata as Record<string, string>);
      return received.some(({ orderId }) => orderId === 's-1') ? received : undefined;
    });
    expect(new Set(events.map(({ tenant }) => tenant))).toEqual(new Set(['globex']));
  });

  test('operators see the orders of the tenant that they name', async () => {
    await placeForBoth('op-1');
    for (const tenant of ['acme', 'globex']) {
      expect((await support.request(`/orders/op-1?tenant=${tenant}`, {})).body.order.notes).toBe(`of ${tenant}`);
      const { items } = (await support.request(`/orders?tenant=${tenant}&customerId=customer-1`, {})).body;
      expect(items.every((item: { tenant: string }) => item.tenant === tenant)).toBe(true);
    }
    expect(await support.get('op-1')).toMatchObject({ status: 400, body: { errors: [{ path: 'tenant', code: 'REQUIRED' }] } });
    const placed = await support.request('/orders?tenant=acme', {
      method: 'POST', body: JSON.stringify(ofTenant('acme', 'op-2')), headers: { 'Content-Type': 'application/json' },
    });
    expect(placed.headers.get('location')).toMatch(/\/orders\/op-2\?tenant=acme$/);
    await confirmed(acme, 'op-2');
    expect((await globex.get('op-2')).status).toBe(404);
  });

  test('the console shows the orders of each tenant, and brings back one of an outage', async () => {
    await placeForBoth('c-1');
    await withConsolePage(pipeline.local, 'Marketplace', async (page) => {
      for (const tenant of ['acme', 'globex']) {
        await page.go(`#/orders/c-1?tenant=${tenant}`);
        await page.text(`of ${tenant}`);
      }
      await recoverFromOutage(page, 'c-2', () => globex.post(ofTenant('globex', 'c-2')));
    });
    await confirmed(globex, 'c-2');
    expect((await acme.get('c-2')).status).toBe(404);
  });

  test('the command line moves the messages of one tenant', async () => {
    const sqs = new SQSClient(clientConfig(pipeline.local));
    const { url } = await pipeline.queue('OrdersLifecycleFulfillmentDeadLetterQueue');
    await placeForBoth('r-1');
    for (const tenant of ['acme', 'globex']) {
      const detail = { metadata: { eventId: `shipment-r-${tenant}`, orderId: 'r-1', tenant }, data: {} };
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ 'id': `event-${tenant}`, 'detail-type': 'OrderFulfilled', detail }) }));
    }
    const redrive = async (...args: string[]): Promise<RedriveResponse> =>
      JSON.parse((await redriveCommand(pipeline.local, '--stack', 'Marketplace', '--json', '--queue', 'fulfillment', ...args)).output);
    expect((await redrive('--list', '--tenant', 'acme')).queues[0].messages).toMatchObject([{ tenant: 'acme', orderId: 'r-1' }]);
    expect((await redrive('--execute', '--tenant', 'acme')).queues[0]).toMatchObject({ moved: 1 });
    await eventually('the fulfillment of acme', async () => (await acme.get('r-1')).body.status === 'FULFILLED' || undefined);
    expect((await globex.get('r-1')).body.status).toBe('CONFIRMED');
    expect((await redrive('--list')).queues[0].messages).toMatchObject([{ tenant: 'globex', orderId: 'r-1' }]);
  });
});
