import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../cli/local/system/eventually';
import { contractsAssertion } from '../support/assert-contract';
import { deployExample } from '../support/deploy-example';
import { DeployedFiles } from '../support/deployed-files';
import { drain } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { orderModels } from '../support/order-models';
import { OrdersApi, type ApiResponse } from '../support/orders-api';
import { LOCAL_DIR } from '../support/python-tool';

describe('order models of apps, on a local AWS', () => {
  let local: LocalAws;
  beforeAll(async () => {
    local = await startLocalAws();
  }, 300_000);
  afterAll(() => local?.stop());

  test.each(orderModels.map((model, index) => ({ ...model, index })))('$name makes its way over REST and in a file', async ({ index, pointers, orderWith, patch, wrong }) => {
    const outputs = await deployExample(join(__dirname, 'order-models'), `Model${index}`, local);
    const api = await OrdersApi.of(local, outputs);
    const waitFor = (orderId: string, field: string, value: unknown): Promise<ApiResponse> => eventually(`${field} ${value} of ${orderId}`, async () => {
      const response = await api.get(orderId);
      return response.body[field] === value ? response : undefined;
    });

    const order = orderWith(1001);
    const accepted = await api.post(order);
    expect(accepted.status).toBe(202);
    const { orderId } = accepted.body;
    const confirmed = await waitFor(orderId, 'status', 'CONFIRMED');
    expect(confirmed.body.order).toEqual(order);

    const list = await api.request(`/orders?customerId=${encodeURIComponent(confirmed.body.customerId)}`, {});
    expect(list.body.items).toMatchObject([{ orderId, status: 'CONFIRMED' }]);
    if (pointers.externalReference !== undefined && confirmed.body.externalReference !== undefined) {
      const found = await api.request(`/orders?externalReference=${encodeURIComponent(confirmed.body.externalReference)}`, {});
      expect(found.body.items).toMatchObject([{ orderId }]);
    }

    expect((await api.patch(orderId, patch)).status).toBe(202);
    const changed = await waitFor(orderId, 'version', 2);
    expect(changed.body.order).toMatchObject(patch);
    const refused = await api.patch(orderId, wrong.patch);
    expect([refused.status, refused.body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, [wrong.path]]);
    await api.cancel(orderId, { reason: 'ordered twice' });
    await waitFor(orderId, 'status', 'CANCELLED');

    const files = DeployedFiles.of(local, outputs, api);
    await files.upload('orders.json', JSON.stringify([orderWith(2001), { ...orderWith(2002), ...wrong.patch }]));
    const [file] = await files.waitForState('orders.json', 'COMPLETED');
    expect(file.counts).toEqual({ orders: 2, valid: 1, repeated: 0, invalid: 1 });
    await waitFor(orderId.replace('1001', '2001'), 'status', 'CONFIRMED');

    const ofCustomer = await eventually('the orders of the customer', async () => {
      const messages = await drain(local, outputs.CustomerQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId) : undefined;
    });
    expect(ofCustomer).toContain(orderId);

    const contracts = join(LOCAL_DIR, `cdk-${new URL(local.endpoint).port}`, 'cdk.out', `Model${index}-Orders-contracts`);
    expect(existsSync(join(contracts, 'openapi.json'))).toBe(true);
    const assertContract = contractsAssertion(contracts);
    const events = (await drain(local, outputs.EventsQueueUrl)).map(({ Body }) => JSON.parse(Body!));
    expect(events.length).toBeGreaterThan(4);
    events.forEach(assertContract);
  }, 180_000);
});
