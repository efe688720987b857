import { DeployedPipeline } from '../support/deployed-pipeline';
import { drain } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
import { OrdersBus } from '../support/orders-bus';
import { sampleOrder } from '../support/sample-order';

describe('the life of an order after it is confirmed, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let bus: OrdersBus;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    bus = new OrdersBus(pipeline.local, pipeline.outputs.EventBusName);
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const confirmed = async (orderId: string, order: Record<string, unknown> = {}) => {
    await pipeline.api.post(sampleOrder({ orderId, ...order }));
    return pipeline.status(orderId, 'CONFIRMED');
  };

  test('a confirmed order is changed: its contents, its total and its version', async () => {
    await confirmed('life-change', { attributes: { gift: true, channel: 'shop' } });
    const patch = { items: [{ sku: 'kettle', quantity: 2, unitPrice: 5990 }], notes: 'ring twice', attributes: { gift: null } };
    const answer = await pipeline.api.patch('life-change', patch, { 'X-Correlation-Id': 'life-change-1', 'If-Match': '"1"' });
    expect(answer).toMatchObject({ status: 202, body: { orderId: 'life-change', correlationId: 'life-change-1', status: 'RECEIVED' } });

    const { body, headers } = await pipeline.version('life-change', 2);
    expect(body).toMatchObject({ status: 'CONFIRMED', total: 11980, notes: 'ring twice', items: patch.items, attributes: { channel: 'shop' } });
    expect(headers.get('etag')).toBe('"2"');
    const changed = await pipeline.event('life-change', 'OrderChanged');
    const requested = await pipeline.event('life-change', 'OrderChangeRequested');
    expect(changed.detail).toMatchObject({
      metadata: { version: 2, sequence: 2, correlationId: 'life-change-1', causationId: requested.detail.metadata.eventId },
      data: { changed: ['items', 'total', 'notes', 'attributes'], status: 'CONFIRMED', order: { total: 11980 } },
    });
  });

  test('a change of a version that is gone is refused, and changes nothing', async () => {
    await confirmed('life-version');
    await pipeline.api.patch('life-version', { notes: 'first' }, { 'If-Match': '"1"' });
    await pipeline.version('life-version', 2);
    await pipeline.api.patch('life-version', { notes: 'second' }, { 'If-Match': '"1"' });

    const refused = await pipeline.event('life-version', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'VERSION_MISMATCH', currentStatus: 'CONFIRMED', currentVersion: 2 });
    expect((await pipeline.api.get('life-version')).body).toMatchObject({ version: 2, notes: 'first' });
  });

  test('an order is cancelled once, however often it is asked; changes are then refused', async () => {
    await confirmed('life-cancel');
    await pipeline.api.cancel('life-cancel', { reason: 'changed my mind' });
    const { body } = await pipeline.status('life-cancel', 'CANCELLED');
    expect(body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });

    await pipeline.api.cancel('life-cancel', { reason: 'again' });
    await pipeline.api.patch('life-cancel', { notes: 'too late' });
    const refused = await pipeline.event('life-cancel', 'OrderChangeRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_CANCELLED', currentStatus: 'CANCELLED', currentVersion: 2 });
    await pipeline.quiet();
    const types = (await pipeline.eventsOf('life-cancel')).map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'OrderCancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderCancellationRefused')).toHaveLength(0);
    expect((await pipeline.api.get('life-cancel')).body).toMatchObject({ version: 2, cancellation: { reason: 'changed my mind' } });
  });

  test('a change and a cancellation that come before their order wait for it', async () => {
    await pipeline.api.patch('life-early', { notes: 'changed before it came' });
    await pipeline.api.cancel('life-early', { reason: 'cancelled before it came' });
    await pipeline.quiet();
    expect((await pipeline.api.get('life-early')).status).toBe(404);

    await pipeline.api.post(sampleOrder({ orderId: 'life-early' }));
    const { body } = await pipeline.status('life-early', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, notes: 'changed before it came', cancellation: { reason: 'cancelled before it came' } });
    for (const type of ['OrderConfirmed', 'OrderChanged', 'OrderCancelled']) await pipeline.event('life-early', type);
  });

  test('another system fulfills an order, which then refuses to be changed and cancelled', async () => {
    await confirmed('life-fulfill');
    for (let time = 0; time < 2; time++) await bus.say('OrderFulfilled', { orderId: 'life-fulfill', eventId: 'warehouse-1' }, { carrier: 'by bike' });
    const { body } = await pipeline.status('life-fulfill', 'FULFILLED');
    expect(body.version).toBe(2);

    await pipeline.api.patch('life-fulfill', { notes: 'too late' });
    await pipeline.api.cancel('life-fulfill', { reason: 'too late' });
    for (const type of ['OrderChangeRefused', 'OrderCancellationRefused']) {
      const refused = await pipeline.event('life-fulfill', type);
      expect(refused.detail.data).toMatchObject({ code: 'ORDER_FULFILLED', currentStatus: 'FULFILLED', currentVersion: 2 });
    }
    expect((await pipeline.api.get('life-fulfill')).body.version).toBe(2);
  });

  test('another system changes and cancels an order over the bus; what is malformed is refused', async () => {
    await confirmed('life-bus');
    await bus.say('OrderChangeRequested', { orderId: 'life-bus', eventId: 'crm-1', correlationId: 'crm' }, { patch: { notes: 'by the call centre' } });
    await pipeline.version('life-bus', 2);
    await bus.say('OrderChangeRequested', { orderId: 'life-bus', eventId: 'crm-2' }, { patch: { customerId: 'somebody else' }, expectedVersion: 'two' });
    const refused = await pipeline.event('life-bus', 'OrderChangeRefused');
    expect(refused.detail.data.code).toBe('INVALID_COMMAND');
    expect(refused.detail.data.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/expectedVersion', '/patch/customerId']);
    await bus.say('OrderCancellationRequested', { orderId: 'life-bus', eventId: 'crm-3' }, { reason: 'by the call centre' });
    const { body } = await pipeline.status('life-bus', 'CANCELLED');
    expect(body).toMatchObject({ version: 3, notes: 'by the call centre' });
    expect((await pipeline.event('life-bus', 'OrderChanged')).detail.metadata).toMatchObject({ channel: 'bus', correlationId: 'crm' });
  });

  test('a rejected order refuses to be changed, and a mended one takes its place', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'life-rejected', total: 1 }));
    await pipeline.status('life-rejected', 'REJECTED');
    await pipeline.api.cancel('life-rejected', { reason: 'never mind' });
    const refused = await pipeline.event('life-rejected', 'OrderCancellationRefused');
    expect(refused.detail.data).toMatchObject({ code: 'ORDER_REJECTED', currentStatus: 'REJECTED' });
    expect((await confirmed('life-rejected')).body.version).toBe(1);
  });

  test('thirty changes and a cancellation, sent at once, each have one outcome', async () => {
    await confirmed('life-many');
    const asked = await Promise.all([
      ...Array.from({ length: 30 }, (_, n) => pipeline.api.patch('life-many', { attributes: { last: n } }, { 'X-Correlation-Id': `life-many-${n}` })),
      pipeline.api.cancel('life-many', { reason: 'enough' }, { 'X-Correlation-Id': 'life-many-cancel' }),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(Array(31).fill(202));
    await pipeline.status('life-many', 'CANCELLED');
    await pipeline.quiet();
    const events = await pipeline.eventsOf('life-many');
    const outcomes = events.filter((event) => ['OrderChanged', 'OrderChangeRefused', 'OrderCancelled'].includes(event['detail-type']));
    expect(new Set(outcomes.map(({ detail }) => detail.metadata.correlationId)).size).toBe(31);
    expect(new Set(outcomes.map(({ detail }) => detail.metadata.eventId)).size).toBe(31);
    // In the order of their places, the versions rise until the order is cancelled, and stay.
    const inLine = outcomes.toSorted((one, other) => one.detail.metadata.sequence - other.detail.metadata.sequence);
    const cancelled = inLine.findIndex((event) => event['detail-type'] === 'OrderCancelled');
    expect(inLine.map(({ detail }) => detail.metadata.version)).toEqual(inLine.map((_, index) => Math.min(index, cancelled) + 2));
    expect(inLine.slice(cancelled + 1).every((event) => event['detail-type'] === 'OrderChangeRefused')).toBe(true);
  });

  test('the history of an order tells everything that happened to it, oldest first', async () => {
    await confirmed('life-history');
    await pipeline.api.patch('life-history', { notes: 'ring twice' });
    await pipeline.version('life-history', 2);
    const told = ['OrderValidated', 'OrderConfirmed', 'OrderChangeRequested', 'OrderChanged'];
    const events = await eventually('all of it to be told', async () => {
      const { body } = await pipeline.api.request('/orders/life-history/events', {});
      return body.items?.length >= told.length ? body.items : undefined;
    });
    expect(events.map(({ type }: { type: string }) => type)).toEqual(told);

    const first = await pipeline.api.request('/orders/life-history/events?limit=3', {});
    const second = await pipeline.api.request(`/orders/life-history/events?limit=3&nextToken=${first.body.nextToken}`, {});
    expect([...first.body.items, ...second.body.items]).toEqual(events);
  });

  test('a customer\'s orders are listed, newest first, by status and page by page', async () => {
    for (const id of ['life-list-1', 'life-list-2', 'life-list-3']) await confirmed(id, { customerId: 'life-lister' });
    await pipeline.api.cancel('life-list-2', { reason: 'no longer needed' });
    await pipeline.status('life-list-2', 'CANCELLED');
    const list = async (query: string) => (await pipeline.api.request(`/orders?${query}`, {})).body;
    const ids = ({ items }: { items: { orderId: string }[] }) => items.map(({ orderId }) => orderId);

    expect(ids(await list('customerId=life-lister'))).toEqual(['life-list-3', 'life-list-2', 'life-list-1']);
    expect(ids(await list('customerId=life-lister&status=CONFIRMED'))).toEqual(['life-list-3', 'life-list-1']);
    expect(ids(await list('status=CANCELLED&limit=100'))).toContain('life-list-2');
    const page = await list('customerId=life-lister&limit=2');
    expect(ids(page)).toEqual(['life-list-3', 'life-list-2']);
    expect(ids(await list(`customerId=life-lister&limit=2&nextToken=${page.nextToken}`))).toEqual(['life-list-1']);

    const tampered = await pipeline.api.request(`/orders?customerId=somebody-else&nextToken=${page.nextToken}`, {});
    expect(tampered).toMatchObject({ status: 400, body: { errors: [{ path: 'nextToken', code: 'INVALID_TOKEN' }] } });
  });

  test('a rule of the app\'s own rejects an order, with its reasons', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'life-hook', items: [{ sku: 'discontinued', quantity: 1, unitPrice: 1 }] }));
    const { body } = await pipeline.status('life-hook', 'REJECTED');
    expect(body.rejection).toMatchObject({ code: 'REJECTED_BY_HOOK', errors: [{ path: '/items/0/sku', code: 'NOT_SOLD', message: 'is not sold any more' }] });
  });

  test('a subscription hears of the orders that it was narrowed to, and of no others', async () => {
    await confirmed('life-small', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 499_99 }] });
    await confirmed('life-dollars', { currency: 'USD', items: [{ sku: 'kettle', quantity: 1, unitPrice: 900_00 }] });
    await confirmed('life-large', { items: [{ sku: 'kettle', quantity: 1, unitPrice: 500_00 }] });
    await pipeline.event('life-large', 'OrderConfirmed');
    const heard = await eventually('the large order to be heard of', async () => {
      const messages = await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId) : undefined;
    });
    expect(heard).toEqual(['life-large']);
  });

  test('everything that is wrong with a change or a cancellation is said at once', async () => {
    const change = await pipeline.api.patch('life-wrong', { customerId: 'me', items: [], notes: 7 });
    expect(change.status).toBe(400);
    expect(change.body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort())
      .toEqual(['/customerId UNKNOWN_FIELD', '/items TOO_SMALL', '/notes INVALID_TYPE']);
    const cancellation = await pipeline.api.cancel('life-wrong', { why: 'not' });
    expect(cancellation.status).toBe(400);
    expect(cancellation.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/reason', '/why']);
  });
});
