import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
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
    await placeConfirmedOrder('life-change', { attributes: { gift: true, channel: 'shop' } });
    const patch = { items: [{ sku: 'kettle', quantity: 2, unitPrice: 5990 }], notes: 'ring twice', attributes: { gift: null } };
    const response = await pipeline.api.patch('life-change', patch, { 'X-Correlation-Id': 'life-change-1', 'If-Match': '"1"' });
    expect(response).toMatchObject({ status: 202, body: { orderId: 'life-change', correlationId: 'life-change-1', status: 'RECEIVED' } });

    const { body, headers } = await pipeline.waitForVersion('life-change', 2);
    expect(body).toMatchObject({ status: 'CONFIRMED', total: 11980, notes: 'ring twice', items: patch.items, attributes: { channel: 'shop' } });
    expect(headers.get('etag')).toBe('"2"');
    const changed = await pipeline.waitForEvent('life-change', 'OrderChanged');
    const requested = await pipeline.waitForEvent('life-change', 'OrderChangeRequested');
    expect(changed.detail).toMatchObject({
      metadata: { version: 2, sequence: 2, correlationId: 'life-change-1', causationId: requested.detail.metadata.eventId },
      data: { changed: ['items', 'total', 'notes', 'attributes'], status: 'CONFIRMED', order: { total: 11980 } },
    });
  });

  test('refuses a change of an outdated version', async () => {
    await placeConfirmedOrder('life-version');
    await pipeline.api.patch('life-version', { notes: 'first' }, { 'If-Match': '"1"' });
    await pipeline.waitForVersion('life-version', 2);
    await pipeline.api.patch('life-version', { notes: 'second' }, { 'If-Match': '"1"' });

    const refused = await pipeline.waitForEvent('life-version', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'VERSION_MISMATCH', currentStatus: 'CONFIRMED', currentVersion: 2 });
    expect((await pipeline.api.get('life-version')).body).toMatchObject({ version: 2, notes: 'first' });
  });

  test('cancels an order once despite repeated requests, and then refuses changes', async () => {
    await placeConfirmedOrder('life-cancel');
    await pipeline.api.cancel('life-cancel', { reason: 'changed my mind' });
    const { body } = await pipeline.waitForStatus('life-cancel', 'CANCELLED');
    expect(body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });

    await pipeline.api.cancel('life-cancel', { reason: 'again' });
    await pipeline.api.patch('life-cancel', { notes: 'too late' });
    const refused = await pipeline.waitForEvent('life-cancel', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_CANCELLED', currentStatus: 'CANCELLED', currentVersion: 2 });
    await pipeline.waitUntilIdle();
    const types = (await pipeline.eventsOf('life-cancel')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderCancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderCancellationRefused')).toHaveLength(0);
    expect((await pipeline.api.get('life-cancel')).body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });
  });

  test('keeps a change and a cancellation pending until their order exists', async () => {
    await pipeline.api.patch('life-early', { notes: 'changed before it existed' });
    await pipeline.api.cancel('life-early', { reason: 'cancelled before it existed' });
    await pipeline.waitUntilIdle();
    expect((await pipeline.api.get('life-early')).status).toBe(404);

    await pipeline.api.post(sampleOrder({ orderId: 'life-early' }));
    const { body } = await pipeline.waitForStatus('life-early', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, notes: 'changed before it existed', cancellation: { reason: 'cancelled before it existed' } });
    for (const type of ['OrderConfirmed', 'OrderChanged', 'OrderCancelled']) await pipeline.waitForEvent('life-early', type);
  });

  test('fulfills an order on an event of another system, and then refuses changes and cancellations', async () => {
    await placeConfirmedOrder('life-fulfill');
    for (let delivery = 0; delivery < 2; delivery++) await pipeline.bus.publish('OrderFulfilled', { orderId: 'life-fulfill', eventId: 'warehouse-1' }, { carrier: 'by bike' });
    const { body } = await pipeline.waitForStatus('life-fulfill', 'FULFILLED');
    expect(body.version).toBe(2);

    await pipeline.api.patch('life-fulfill', { notes: 'too late' });
    await pipeline.api.cancel('life-fulfill', { reason: 'too late' });
    for (const type of ['OrderChangeRefused', 'OrderCancellationRefused']) {
      const refused = await pipeline.waitForEvent('life-fulfill', type);
      expect(refused.detail.data).toMatchObject({ code: 'ORDER_FULFILLED', currentStatus: 'FULFILLED', currentVersion: 2 });
    }
    expect((await pipeline.api.get('life-fulfill')).body.version).toBe(2);
  });

  test('changes and cancels an order on events of another system, and refuses invalid ones', async () => {
    await placeConfirmedOrder('life-bus');
    await pipeline.bus.publish('OrderChangeRequested', { orderId: 'life-bus', eventId: 'crm-1', correlationId: 'crm' }, { patch: { notes: 'by the call centre' } });
    await pipeline.waitForVersion('life-bus', 2);
    await pipeline.bus.publish('OrderChangeRequested', { orderId: 'life-bus', eventId: 'crm-2' }, { patch: { customerId: 'another customer' }, expectedVersion: 'two' });
    const refused = await pipeline.waitForEvent('life-bus', 'OrderChangeRefused');
    expect(refused.detail.data.code).toBe('INVALID_COMMAND');
    expect(refused.detail.data.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/expectedVersion', '/patch/customerId']);
    await pipeline.bus.publish('OrderCancellationRequested', { orderId: 'life-bus', eventId: 'crm-3' }, { reason: 'by the call centre' });
    const { body } = await pipeline.waitForStatus('life-bus', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, notes: 'by the call centre' });
    expect((await pipeline.waitForEvent('life-bus', 'OrderChanged')).detail.metadata).toMatchObject({ channel: 'bus', correlationId: 'crm' });
  });

  test('refuses to cancel a rejected order, and replaces it with a fixed order', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'life-rejected', total: 1 }));
    await pipeline.waitForStatus('life-rejected', 'REJECTED');
    await pipeline.api.cancel('life-rejected', { reason: 'never mind' });
    const refused = await pipeline.waitForEvent('life-rejected', 'OrderCancellationRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_REJECTED', currentStatus: 'REJECTED' });
    expect((await placeConfirmedOrder('life-rejected')).body.version).toBe(1);
  });

  test('publishes one outcome for each of thirty changes and a cancellation sent concurrently', async () => {
    await placeConfirmedOrder('life-many');
    const responses = await Promise.all([
      ...Array.from({ length: 30 }, (_, n) => pipeline.api.patch('life-many', { attributes: { last: n } }, { 'X-Correlation-Id': `life-many-${n}` })),
      pipeline.api.cancel('life-many', { reason: 'enough' }, { 'X-Correlation-Id': 'life-many-cancel' }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual(Array(31).fill(202));
    await pipeline.waitForStatus('life-many', 'CANCELLED');
    await pipeline.waitUntilIdle();
    const events = await pipeline.eventsOf('life-many');
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
    await placeConfirmedOrder('life-history');
    await pipeline.api.patch('life-history', { notes: 'ring twice' });
    await pipeline.waitForVersion('life-history', 2);
    const types = ['OrderValidated', 'OrderConfirmed', 'OrderChangeRequested', 'OrderChanged'];
    const events = await eventually('the complete history', async () => {
      const { body } = await pipeline.api.request('/orders/life-history/events', {});
      return body.items?.length >= types.length ? body.items : undefined;
    });
    expect(events.map(({ type }: { type: string }) => type)).toEqual(types);

    const first = await pipeline.api.request('/orders/life-history/events?limit=3', {});
    const second = await pipeline.api.request(`/orders/life-history/events?limit=3&nextToken=${first.body.nextToken}`, {});
    expect([...first.body.items, ...second.body.items]).toEqual(events);
  });

  test('lists the orders of a customer in pages, newest first, and by status', async () => {
    for (const id of ['life-list-1', 'life-list-2', 'life-list-3']) await placeConfirmedOrder(id, { customerId: 'life-lister' });
    await pipeline.api.cancel('life-list-2', { reason: 'no longer needed' });
    await pipeline.waitForStatus('life-list-2', 'CANCELLED');
    const list = async (query: string) => (await pipeline.api.request(`/orders?${query}`, {})).body;
    const ids = ({ items }: { items: { orderId: string }[] }) => items.map(({ orderId }) => orderId);

    expect(ids(await list('customerId=life-lister'))).toEqual(['life-list-3', 'life-list-2', 'life-list-1']);
    expect(ids(await list('customerId=life-lister&status=CONFIRMED'))).toEqual(['life-list-3', 'life-list-1']);
    expect(ids(await list('status=CANCELLED&limit=100'))).toContain('life-list-2');
    const page = await list('customerId=life-lister&limit=2');
    expect(ids(page)).toEqual(['life-list-3', 'life-list-2']);
    expect(ids(await list(`customerId=life-lister&limit=2&nextToken=${page.nextToken}`))).toEqual(['life-list-1']);

    const tampered = await pipeline.api.request(`/orders?customerId=another-customer&nextToken=${page.nextToken}`, {});
    expect(tampered).toMatchObject({ status: 400, body: { errors: [{ path: 'nextToken', code: 'INVALID_TOKEN' }] } });
  });

  test('rejects an order with the errors of the validation hook', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'life-hook', items: [{ sku: 'discontinued', quantity: 1, unitPrice: 1 }] }));
    const { body } = await pipeline.waitForStatus('life-hook', 'REJECTED');
    expect(body.rejection).toMatchObject({ code: 'REJECTED_BY_HOOK', errors: [{ path: '/items/0/sku', code: 'NOT_SOLD', message: 'is not sold any more' }] });
  });

  test('delivers only the orders that match the filter of a subscription', async () => {
    await placeConfirmedOrder('life-small', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 499_99 }] });
    await placeConfirmedOrder('life-dollars', { currency: 'USD', items: [{ sku: 'kettle', quantity: 1, unitPrice: 900_00 }] });
    await placeConfirmedOrder('life-large', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 500_00 }] });
    await pipeline.waitForEvent('life-large', 'OrderConfirmed');
    const delivered = await eventually('the event about the large order', async () => {
      const messages = await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId) : undefined;
    });
    expect(delivered).toEqual(['life-large']);
  });

  test('responds to an invalid change or cancellation with all errors', async () => {
    const change = await pipeline.api.patch('life-wrong', { customerId: 'me', items: [], notes: 7 });
    expect(change.status).toBe(400);
    expect(change.body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort())
      .toEqual(['/customerId UNKNOWN_FIELD', '/items TOO_SMALL', '/notes INVALID_TYPE']);
    const cancellation = await pipeline.api.cancel('life-wrong', { why: 'not' });
    expect(cancellation.status).toBe(400);
    expect(cancellation.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/reason', '/why']);
  });
});
