import { gzipSync } from 'node:zlib';
import { DeployedPipeline } from '../support/deployed-pipeline';

/** What shops send, as it was reported of other order systems. */
describe('orders as other systems send them, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const order = (changes: Record<string, unknown> = {}): Record<string, unknown> =>
    ({ customerId: 'c', currency: 'EUR', items: [{ sku: 's', quantity: 1, unitPrice: 5 }], ...changes });
  const HEADERS = { 'Content-Type': 'application/json' };

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['an attribute named constructor', order({ attributes: { constructor: 'x' } }), { order: { attributes: { constructor: 'x' } } }],
    ['U+FFFD, the replacement character', order({ notes: 'caf\uFFFD' }), { order: { notes: 'caf\uFFFD' } }],
    ['null for an absent field', order({ notes: null }), { total: 5 }],
    ['a time in lower case', order({ placedAt: '2026-03-01t10:00:00z' }), { placedAt: '2026-03-01T10:00:00.000Z', order: { placedAt: '2026-03-01t10:00:00z' } }],
    ['discount, shipping and tax', {
      customerId: 'c',
      currency: 'EUR',
      items: [{ sku: 'mug', quantity: 2, unitPrice: 1250, adjustments: [{ kind: 'DISCOUNT', amount: -250 }] }],
      adjustments: [{ kind: 'SHIPPING', amount: 490 }, { kind: 'TAX', amount: 437, included: true }],
      total: 2740,
    }, { total: 2740 }],
    ['a guest', order({ customerId: undefined, email: 'guest@example.com' }), { total: 5, order: { email: 'guest@example.com' } }],
    ['half a kilo', order({ items: [{ sku: 'coffee', quantity: 0.5, unit: 'kg', unitPrice: 1890, amount: 945 }] }), { total: 945 }],
    ['900 items', order({ items: Array.from({ length: 900 }, (_, n) => ({ sku: `sku-${n}`, quantity: 1, unitPrice: 1, name: 'n'.repeat(10) })) }), { total: 900 }],
  ])('%s is accepted and confirmed', async (_, body, expected) => {
    const { status, body: accepted } = await pipeline.api.post(body);
    expect(status).toBe(202);
    expect((await pipeline.waitForStatus(accepted.orderId, 'CONFIRMED')).body).toMatchObject(expected);
  });

  test('a byte order mark is accepted', async () => {
    const { status } = await pipeline.api.request('/orders', { method: 'POST', headers: HEADERS, body: Buffer.from(`\uFEFF${JSON.stringify(order())}`) });
    expect(status).toBe(202);
  });

  test('an order is found by its number in another system', async () => {
    const { body: { orderId } } = await pipeline.api.post(order({ externalReference: 'DE-2024/0815' }));
    await pipeline.waitForStatus(orderId, 'CONFIRMED');
    const { body } = await pipeline.api.request('/orders?externalReference=DE-2024%2F0815', {});
    expect(body.items).toMatchObject([{ orderId, externalReference: 'DE-2024/0815', status: 'CONFIRMED' }]);
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['a price in major units', order({ items: [{ sku: 's', quantity: 1, unitPrice: 18.9 }] }), { path: '/items/0/unitPrice', message: 'must be an integer in minor units: 18.90 EUR is 1890' }],
    ['a blank customer', order({ customerId: '   ' }), { path: '/customerId', message: 'must be text that is not blank' }],
  ])('%s is refused, with what to send instead', async (_, body, error) => {
    const response = await pipeline.api.post(body);
    expect(response).toMatchObject({ status: 400, body: { errors: [error] } });
  });

  test('a compressed body is refused by the name of its encoding', async () => {
    const headers = { ...HEADERS, 'Content-Encoding': 'gzip' };
    const { status, body } = await pipeline.api.request('/orders', { method: 'POST', headers, body: gzipSync(JSON.stringify(order())) });
    expect([status, body.detail]).toEqual([415, expect.stringContaining('gzip')]);
  });

  test('a method that a path does not have is answered by 405 with Allow, and HEAD as GET', async () => {
    const put = await pipeline.api.request('/orders', { method: 'PUT', headers: HEADERS, body: '{}' });
    expect([put.status, put.headers.get('allow'), put.headers.get('content-type')]).toEqual([405, 'GET, HEAD, OPTIONS, POST', 'application/problem+json']);
    const remove = await pipeline.api.request('/orders/o-1', { method: 'DELETE' });
    expect([remove.status, remove.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, PATCH']);
    expect((await pipeline.api.request('/orders/o-1/cancellation', {})).headers.get('allow')).toBe('OPTIONS, POST');
    expect((await pipeline.api.request('/orders?status=CONFIRMED', { method: 'HEAD' })).status).toBe(200);
  });

  test('Location leads to the order', async () => {
    const { headers, body: { orderId } } = await pipeline.api.post(order());
    await pipeline.waitForStatus(orderId, 'CONFIRMED');
    const stage = `/${pipeline.api.url.split('/').at(-1)}`;
    expect(headers.get('location')).toBe(`${stage}/orders/${orderId}`);
  });

  test('changes: an attribute named constructor, a weak ETag, and nothing else of the identity', async () => {
    const { body: { orderId } } = await pipeline.api.post(order());
    await pipeline.waitForStatus(orderId, 'CONFIRMED');
    expect((await pipeline.api.patch(orderId, { attributes: { constructor: 'y' } })).status).toBe(202);
    await pipeline.waitForVersion(orderId, 2);
    expect((await pipeline.api.patch(orderId, { notes: 'moved' }, { 'If-Match': 'W/"2"' })).status).toBe(202);
    expect((await pipeline.waitForVersion(orderId, 3)).body.order).toMatchObject({ attributes: { constructor: 'y' }, notes: 'moved' });
    expect((await pipeline.api.patch(orderId, { currency: 'USD' })).body.errors).toMatchObject([{ path: '/currency', code: 'NOT_CHANGEABLE' }]);
  });
});
