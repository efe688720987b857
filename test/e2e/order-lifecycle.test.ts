import { eventually } from '../../cli/local/system/eventually';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain } from '../support/deployed-queues';
import { SAMPLE_TOTAL } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';

describe('the lifecycle of confirmed orders, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const placeConfirmedOrder = async (orderId: string, order: Record<string, unknown> = {}) => {
    await pipeline.api.post(sampleOrder({ orderId, ...order }));
    return pipeline.waitForStatus(orderId, 'CONFIRMED');
  };

  test('changes the contents, total and version of a confirmed order', async () => {
    await placeConfirmedOrder('lifecycle-change', { attributes: { gift: true, channel: 'shop' } });
    const patch = { items: [{ sku: 'kettle', quantity: 2, unitPrice: 5990 }], notes: 'ring twice', attributes: { gift: null } };
    const response = await pipeline.api.patch('lifecycle-change', patch, { 'X-Correlation-Id': 'lifecycle-change-1', 'If-Match': '"1"' });
    expect(response).toMatchObject({ status: 202, body: { orderId: 'lifecycle-change', correlationId: 'lifecycle-change-1', status: 'RECEIVED' } });

    const { body, headers } = await pipeline.waitForVersion('lifecycle-change', 2);
    expect(body).toMatchObject({ status: 'CONFIRMED', total: 11980, order: { notes: 'ring twice', items: patch.items, attributes: { channel: 'shop' } } });
    expect(headers.get('etag')).toBe('"2"');
    const changed = await pipeline.waitForEvent('lifecycle-change', 'OrderChanged');
    const requested = await pipeline.waitForEvent('lifecycle-change', 'OrderChangeRequested');
    expect(changed.detail).toMatchObject({
      metadata: { version: 2, sequence: 2, correlationId: 'lifecycle-change-1', causationId: requested.detail.metadata.eventId },
      facts: { total: 11980 },
      data: { changed: ['items', 'attributes', 'total', 'notes'], status: 'CONFIRMED', order: { items: patch.items } },
    });
  });

  test('refuses a change of an outdated version', async () => {
    await placeConfirmedOrder('lifecycle-version');
    await pipeline.api.patch('lifecycle-version', { notes: 'first' }, { 'If-Match': '"1"' });
    await pipeline.waitForVersion('lifecycle-version', 2);
    await pipeline.api.patch('lifecycle-version', { notes: 'second' }, { 'If-Match': '"1"' });

    const refused = await pipeline.waitForEvent('lifecycle-version', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'VERSION_MISMATCH', currentStatus: 'CONFIRMED', currentVersion: 2 });
    expect((await pipeline.api.get('lifecycle-version')).body).toMatchObject({ version: 2, order: { notes: 'first' } });
  });

  test('cancels an order once despite repeated requests, and then refuses changes', async () => {
    await placeConfirmedOrder('lifecycle-cancel');
    await pipeline.api.cancel('lifecycle-cancel', { reason: 'changed my mind' });
    const { body } = await pipeline.waitForStatus('lifecycle-cancel', 'CANCELLED');
    expect(body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });

    await pipeline.api.cancel('lifecycle-cancel', { reason: 'again' });
    await pipeline.api.patch('lifecycle-cancel', { notes: 'too late' });
    const refused = await pipeline.waitForEvent('lifecycle-cancel', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_CANCELLED', currentStatus: 'CANCELLED', currentVersion: 2 });
    await pipeline.waitUntilIdle();
    const types = (await pipeline.eventsOf('lifecycle-cancel')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderCancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderCancellationRefused')).toHaveLength(0);
    expect((await pipeline.api.get('lifecycle-cancel')).body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });
  });

  test('keeps a change and a cancellation pending until their order exists', async () => {
    await pipeline.api.patch('lifecycle-early', { notes: 'changed before it existed' });
    await pipeline.api.cancel('lifecycle-early', { reason: 'cancelled before it existed' });
    await pipeline.waitUntilIdle();
    expect((await pipeline.api.get('lifecycle-early')).status).toBe(404);

    await pipeline.api.post(sampleOrder({ orderId: 'lifecycle-early' }));
    const { body } = await pipeline.waitForStatus('lifecycle-early', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, order: { notes: 'changed before it existed' }, cancellation: { reason: 'cancelled before it existed' } });
    for (const type of ['OrderConfirmed', 'OrderChanged', 'OrderCancelled']) await pipeline.waitForEvent('lifecycle-early', type);
  });

  test('fulfills the items of an order one after the other, and publishes when nothing remains', async () => {
    const orderId = 'lifecycle-items';
    await placeConfirmedOrder(orderId);
    const parcel = { items: [{ lineItem: 0, quantity: 1.5 }], shipmentId: 'parcel-1', trackingNumber: 'T-1' };
    for (const eventId of ['parcel-1', 'parcel-1', 'parcel-1-again']) await pipeline.bus.publish('OrderItemsFulfilled', { orderId, eventId }, parcel);
    const { body: part } = await pipeline.waitForStatus(orderId, 'PARTIALLY_FULFILLED');
    expect(part).toMatchObject({
      version: 2, fulfilledItems: [{ lineItem: 0, quantity: 1.5 }], fulfillments: [{ ...parcel, at: expect.any(String) }],
    });
    const { detail } = await pipeline.waitForEvent(orderId, 'OrderPartiallyFulfilled');
    expect(detail).toMatchObject({ metadata: { version: 2, channel: 'bus' }, facts: { total: SAMPLE_TOTAL }, data: { status: 'PARTIALLY_FULFILLED', ...parcel } });

    await pipeline.bus.publish('OrderItemsFulfilled', { orderId, eventId: 'too-much' }, { items: [{ lineItem: 0, quantity: 1 }] });
    const refused = await pipeline.waitForEvent(orderId, 'OrderFulfillmentRefused');
    expect(refused.detail.data.errors).toMatchObject([{ message: 'is more than remains of line item 0: 2 ordered, 1.5 already fulfilled, 1 requested' }]);
    await pipeline.api.cancel(orderId, { reason: 'too slow' });
    expect((await pipeline.waitForEvent(orderId, 'OrderCancellationRefused')).detail.data).toMatchObject({ code: 'ORDER_PARTIALLY_FULFILLED' });

    await pipeline.bus.publish('OrderItemsFulfilled', { orderId, eventId: 'rest' }, { items: [{ lineItem: 0, quantity: 0.5 }, { lineItem: 1, quantity: 1 }] });
    expect((await pipeline.waitForStatus(orderId, 'FULFILLED')).body).toMatchObject({ version: 3, fulfilledItems: [{ lineItem: 0, quantity: 2 }, { lineItem: 1, quantity: 1 }] });
    expect((await pipeline.waitForEvent(orderId, 'OrderFulfilled')).detail).toMatchObject({ metadata: { version: 3 }, data: { status: 'FULFILLED' } });
    await pipeline.waitUntilIdle();
    const types = (await pipeline.eventsOf(orderId)).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderPartiallyFulfilled' || type === 'OrderFulfilled')).toEqual(['OrderPartiallyFulfilled', 'OrderFulfilled']);
    expect((await pipeline.api.get(orderId)).body.version).toBe(3);
  });

  test('fulfills an order on an event of another system, and then refuses changes and cancellations', async () => {
    await placeConfirmedOrder('lifecycle-fulfill');
    for (let delivery = 0; delivery < 2; delivery++) await pipeline.bus.publish('OrderFulfilled', { orderId: 'lifecycle-fulfill', eventId: 'warehouse-1' }, { carrier: 'by bike' });
    const { body } = await pipeline.waitForStatus('lifecycle-fulfill', 'FULFILLED');
    expect(body.version).toBe(2);

    await pipeline.api.patch('lifecycle-fulfill', { notes: 'too late' });
    await pipeline.api.cancel('lifecycle-fulfill', { reason: 'too late' });
    for (const type of ['OrderChangeRefused', 'OrderCancellationRefused']) {
      const refused = await pipeline.waitForEvent('lifecycle-fulfill', type);
      expect(refused.detail.data).toMatchObject({ code: 'ORDER_FULFILLED', currentStatus: 'FULFILLED', currentVersion: 2 });
    }
    expect((await pipeline.api.get('lifecycle-fulfill')).body.version).toBe(2);
  });

  test('changes and cancels an order on events of another system, and refuses invalid ones', async () => {
    await placeConfirmedOrder('lifecycle-bus');
    await pipeline.bus.publish('OrderChangeRequested', { orderId: 'lifecycle-bus', eventId: 'crm-1', correlationId: 'crm' }, { patch: { notes: 'by the call centre' } });
    await pipeline.waitForVersion('lifecycle-bus', 2);
    await pipeline.bus.publish('OrderChangeRequested', { orderId: 'lifecycle-bus', eventId: 'crm-2' }, { patch: { customerId: 'another customer' }, expectedVersion: 'two' });
    const refused = await pipeline.waitForEvent('lifecycle-bus', 'OrderChangeRefused');
    expect(refused.detail.data.code).toBe('INVALID_COMMAND');
    expect(refused.detail.data.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/expectedVersion', '/patch/customerId']);
    await pipeline.bus.publish('OrderCancellationRequested', { orderId: 'lifecycle-bus', eventId: 'crm-3' }, { reason: 'by the call centre' });
    const { body } = await pipeline.waitForStatus('lifecycle-bus', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, order: { notes: 'by the call centre' } });
    expect((await pipeline.waitForEvent('lifecycle-bus', 'OrderChanged')).detail.metadata).toMatchObject({ channel: 'bus', correlationId: 'crm' });
  });

  test('places orders on events of another system, once for each, and rejects wrong ones', async () => {
    const place = (eventId: string, order: unknown, metadata: object = {}) =>
      pipeline.bus.publish('OrderPlacementRequested', { eventId, correlationId: eventId, ...metadata }, { order });
    for (let delivery = 0; delivery < 2; delivery++) await place('shop-1', sampleOrder({ orderId: 'lifecycle-placed' }), { orderId: 'lifecycle-placed' });
    expect((await pipeline.waitForStatus('lifecycle-placed', 'CONFIRMED')).body).toMatchObject({ version: 1, total: SAMPLE_TOTAL });
    expect((await pipeline.waitForEvent('lifecycle-placed', 'OrderConfirmed')).detail.metadata).toMatchObject({ channel: 'bus', correlationId: 'shop-1', sequence: 1 });

    await place('shop-2', sampleOrder());
    const [confirmed] = await pipeline.waitForEvents('OrderConfirmed', 'shop-2', 1);
    expect(confirmed.detail.data.order).toEqual({ ...sampleOrder(), orderId: confirmed.detail.metadata.orderId });

    await place('shop-3', sampleOrder({ orderId: 'lifecycle-misplaced', items: [] }));
    const rejected = await pipeline.waitForEvent('lifecycle-misplaced', 'OrderRejected');
    expect(rejected.detail).toMatchObject({ metadata: { channel: 'bus' }, data: { code: 'INVALID_ORDER', errors: [{ path: '/items', code: 'TOO_SMALL' }] } });
    expect((await pipeline.waitForStatus('lifecycle-misplaced', 'REJECTED')).body.rejection.errors).toEqual(rejected.detail.data.errors);

    await place('shop-4', [sampleOrder()]);
    await eventually('a dead letter', async () => (await pipeline.queue('OrdersBusIngestPlacementDeadLetterQueue')).depth === 1 || undefined);
    await pipeline.waitUntilIdle();
    const types = (await pipeline.eventsOf('lifecycle-placed')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderConfirmed')).toHaveLength(1);
  });

  test('refuses to cancel a rejected order, and replaces it with a fixed order', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'lifecycle-rejected', total: 1 }));
    await pipeline.waitForStatus('lifecycle-rejected', 'REJECTED');
    await pipeline.api.cancel('lifecycle-rejected', { reason: 'never mind' });
    const refused = await pipeline.waitForEvent('lifecycle-rejected', 'OrderCancellationRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_REJECTED', currentStatus: 'REJECTED' });
    expect((await placeConfirmedOrder('lifecycle-rejected')).body.version).toBe(1);
  });

  test('publishes one outcome for each of thirty changes and a cancellation sent concurrently', async () => {
    await placeConfirmedOrder('lifecycle-many');
    const responses = await Promise.all([
      ...Array.from({ length: 30 }, (_, n) => pipeline.api.patch('lifecycle-many', { attributes: { last: n } }, { 'X-Correlation-Id': `lifecycle-many-${n}` })),
      pipeline.api.cancel('lifecycle-many', { reason: 'enough' }, { 'X-Correlation-Id': 'lifecycle-many-cancel' }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual(Array(31).fill(202));
    await pipeline.waitForStatus('lifecycle-many', 'CANCELLED');
    await pipeline.waitUntilIdle();
    const events = await pipeline.eventsOf('lifecycle-many');
    const outcomes = events.filter((event) => ['OrderChanged', 'OrderChangeRefused', 'OrderCancelled'].includes(event['detail-type']));
    expect(new Set(outcomes.map(({ detail }) => detail.metadata.correlationId)).size).toBe(31);
    expect(new Set(outcomes.map(({ detail }) => detail.metadata.eventId)).size).toBe(31);
    // By sequence number, the versions increase until the order is cancelled, and then stay the same.
    const inSequence = outcomes.toSorted((one, other) => one.detail.metadata.sequence - other.detail.metadata.sequence);
    const cancelled = inSequence.findIndex((event) => event['detail-type'] === 'OrderCancelled');
    expect(inSequence.map(({ detail }) => detail.metadata.version)).toEqual(inSequence.map((_, index) => Math.min(index, cancelled) + 2));
    expect(inSequence.slice(cancelled + 1).every((event) => event['detail-type'] === 'OrderChangeRefused')).toBe(true);
  });

  test('returns the history of an order in pages, oldest first', async () => {
    await placeConfirmedOrder('lifecycle-history');
    await pipeline.api.patch('lifecycle-history', { notes: 'ring twice' });
    await pipeline.waitForVersion('lifecycle-history', 2);
    const types = ['OrderValidated', 'OrderConfirmed', 'OrderChangeRequested', 'OrderChanged'];
    const events = await eventually('the complete history', async () => {
      const { body } = await pipeline.api.request('/orders/lifecycle-history/events', {});
      return body.items?.length >= types.length ? body.items : undefined;
    });
    expect(events.map(({ type }: { type: string }) => type)).toEqual(types);

    const first = await pipeline.api.request('/orders/lifecycle-history/events?limit=3', {});
    const second = await pipeline.api.request(`/orders/lifecycle-history/events?limit=3&nextToken=${first.body.nextToken}`, {});
    expect([...first.body.items, ...second.body.items]).toEqual(events);
  });

  test('lists the orders of a customer in pages, newest first, and by status', async () => {
    for (const id of ['lifecycle-list-1', 'lifecycle-list-2', 'lifecycle-list-3']) await placeConfirmedOrder(id, { customerId: 'lifecycle-lister' });
    await pipeline.api.cancel('lifecycle-list-2', { reason: 'no longer needed' });
    await pipeline.waitForStatus('lifecycle-list-2', 'CANCELLED');
    const list = async (query: string) => (await pipeline.api.request(`/orders?${query}`, {})).body;
    const ids = ({ items }: { items: { orderId: string }[] }) => items.map(({ orderId }) => orderId);

    expect(ids(await list('customerId=lifecycle-lister'))).toEqual(['lifecycle-list-3', 'lifecycle-list-2', 'lifecycle-list-1']);
    expect(ids(await list('customerId=lifecycle-lister&status=CONFIRMED'))).toEqual(['lifecycle-list-3', 'lifecycle-list-1']);
    expect(ids(await list('status=CANCELLED&limit=100'))).toContain('lifecycle-list-2');
    const page = await list('customerId=lifecycle-lister&limit=2');
    expect(ids(page)).toEqual(['lifecycle-list-3', 'lifecycle-list-2']);
    expect(ids(await list(`customerId=lifecycle-lister&limit=2&nextToken=${page.nextToken}`))).toEqual(['lifecycle-list-1']);

    const tampered = await pipeline.api.request(`/orders?customerId=another-customer&nextToken=${page.nextToken}`, {});
    expect(tampered).toMatchObject({ status: 400, body: { errors: [{ path: 'nextToken', code: 'INVALID_TOKEN' }] } });
  });

  test('rejects an order with the errors of the validation hook', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'lifecycle-hook', items: [{ sku: 'discontinued', quantity: 1, unitPrice: 1 }] }));
    const { body } = await pipeline.waitForStatus('lifecycle-hook', 'REJECTED');
    expect(body.rejection).toMatchObject({ code: 'REJECTED_BY_HOOK', errors: [{ path: '/items/0/sku', code: 'NOT_SOLD', message: 'is not sold any more' }] });
  });

  test('delivers only the orders that match the filter of a subscription', async () => {
    await placeConfirmedOrder('lifecycle-small', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 499_99 }] });
    await placeConfirmedOrder('lifecycle-dollars', { currency: 'USD', items: [{ sku: 'kettle', quantity: 1, unitPrice: 900_00 }] });
    await placeConfirmedOrder('lifecycle-large', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 500_00 }] });
    await pipeline.waitForEvent('lifecycle-large', 'OrderConfirmed');
    const delivered = await eventually('the event about the large order', async () => {
      const messages = await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId) : undefined;
    });
    expect(delivered).toEqual(['lifecycle-large']);
  });

  test('responds to an invalid change or cancellation with all errors', async () => {
    const change = await pipeline.api.patch('lifecycle-wrong', { customerId: 'me', items: [], notes: 7 });
    expect(change.status).toBe(400);
    expect(change.body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort())
      .toEqual(['/customerId NOT_CHANGEABLE', '/items TOO_SMALL', '/notes INVALID_TYPE']);
    const cancellation = await pipeline.api.cancel('lifecycle-wrong', { why: 'not' });
    expect(cancellation.status).toBe(400);
    expect(cancellation.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/reason', '/why']);
  });
});
