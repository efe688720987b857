import { eventually } from '../../cli/local/system/eventually';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi, type ApiResponse } from '../support/orders-api';
import { OrdersBus } from '../support/orders-bus';
import { sampleOrder } from '../support/sample-order';
import { writeApp } from '../support/two-apps';

describe('two apps with a pipeline on one bus, on a local AWS', () => {
  let local: LocalAws;
  let bus: OrdersBus;
  const apis: Record<string, OrdersApi> = {};
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    local = await startLocalAws();
    for (const [name, eventBus] of [['Owner', "new EventBus(stack, 'Bus', { eventBusName: 'shared' })"], ['Guest', "EventBus.fromEventBusName(stack, 'Bus', 'shared')"]]) {
      const outputs = await deployExample(writeApp(name, eventBus), name, local);
      apis[name] = await OrdersApi.of(local, outputs);
      ids[name] = outputs.PipelineId;
    }
    bus = new OrdersBus(local, 'shared');
  }, 600_000);
  afterAll(() => local?.stop());

  const waitFor = (name: string, orderId: string, status: string): Promise<ApiResponse> => eventually(`${status} of ${orderId} in ${name}`, async () => {
    const response = await apis[name].get(orderId);
    return response.body.status === status ? response : undefined;
  });
  const eventsIn = async (name: string, orderId: string): Promise<string[]> => {
    const { body } = await apis[name].request(`/orders/${orderId}/events`, {});
    return (body.items ?? []).map(({ type }: { type: string }) => type);
  };

  test('have every order in exactly one of them', async () => {
    for (const name of ['Owner', 'Guest']) await apis[name].post(sampleOrder({ orderId: `of-${name}` }));
    for (const name of ['Owner', 'Guest']) await waitFor(name, `of-${name}`, 'CONFIRMED');
    expect((await apis.Owner.get('of-Guest')).status).toBe(404);
    expect((await apis.Guest.get('of-Owner')).status).toBe(404);
    expect(ids.Owner).not.toBe(ids.Guest);
  });

  test('have different orders with one ID, each with its own history', async () => {
    for (const name of ['Owner', 'Guest']) await apis[name].post(sampleOrder({ orderId: 'same', notes: name }));
    for (const name of ['Owner', 'Guest']) {
      expect((await waitFor(name, 'same', 'CONFIRMED')).body.order.notes).toBe(name);
      await eventually('the history', async () => (await eventsIn(name, 'same')).length >= 2 || undefined);
      expect(await eventsIn(name, 'same')).toEqual(['OrderValidated', 'OrderConfirmed']);
    }
  });

  test('apply a request of another system to the order of the pipeline that it names, or of the app with the bus', async () => {
    await bus.publish('OrderFulfilled', { orderId: 'same', eventId: 'named', pipeline: ids.Guest });
    await waitFor('Guest', 'same', 'FULFILLED');
    expect((await apis.Owner.get('same')).body.status).toBe('CONFIRMED');

    await bus.publish('OrderCancellationRequested', { orderId: 'same', eventId: 'unnamed' }, { reason: 'late' });
    await waitFor('Owner', 'same', 'CANCELLED');
    expect((await apis.Guest.get('same')).body).toMatchObject({ status: 'FULFILLED', version: 2 });
  });
});
