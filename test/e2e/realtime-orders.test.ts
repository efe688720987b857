import { DeployedPipeline } from '../support/deployed-pipeline';
import { postWithRetries } from '../support/post-with-retries';
import { sampleOrder } from '../support/sample-order';

describe('orders over REST, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  test('confirms an order, in the table and on the bus', async () => {
    const response = await pipeline.api.post(sampleOrder({ orderId: 'e2e-1' }), { 'X-Correlation-Id': 'e2e-correlation' });
    expect(response).toMatchObject({ status: 202, body: { orderId: 'e2e-1', correlationId: 'e2e-correlation', status: 'RECEIVED' } });
    expect(response.headers.get('location')).toBe(`/${pipeline.api.url.split('/').at(-1)}/orders/e2e-1`);

    const stored = await pipeline.waitForStatus('e2e-1', 'CONFIRMED');
    expect(stored.body).toMatchObject({ orderId: 'e2e-1', customerId: 'customer-1', total: 4129, version: 1, order: { ...sampleOrder(), orderId: 'e2e-1' } });
    expect(stored.headers.get('etag')).toBe('"1"');

    const confirmed = await pipeline.waitForEvent('e2e-1', 'OrderConfirmed');
    const validated = await pipeline.waitForEvent('e2e-1', 'OrderValidated');
    expect(confirmed.detail.metadata).toMatchObject({ correlationId: 'e2e-correlation', causationId: validated.detail.metadata.eventId, version: 1, channel: 'api' });
    expect(validated.detail.metadata.correlationId).toBe('e2e-correlation');
    expect(confirmed.detail.facts).toEqual({ customerId: 'customer-1', currency: 'EUR', total: 4129, totalParts: { billions: 0, remainder: 4129 } });
    expect(confirmed.detail.data.order).toEqual({ ...sampleOrder(), orderId: 'e2e-1' });
  });

  test('100 concurrent requests with one order create one item and one OrderConfirmed', async () => {
    const responses = await Promise.all(Array.from({ length: 100 }, () => postWithRetries(pipeline.api, sampleOrder({ orderId: 'e2e-hundred' }))));
    expect(responses.map(({ status }) => status)).toEqual(Array(100).fill(202));
    const attempts = responses.reduce((sum, response) => sum + response.attempts, 0);

    await pipeline.waitForStatus('e2e-hundred', 'CONFIRMED');
    await pipeline.waitUntilIdle();
    await pipeline.waitForEvent('e2e-hundred', 'OrderConfirmed');
    const types = (await pipeline.eventsOf('e2e-hundred')).map((event) => event['detail-type']);
    const validated = types.filter((type) => type === 'OrderValidated').length;
    expect(validated).toBeGreaterThanOrEqual(100);
    expect(validated).toBeLessThanOrEqual(attempts);
    expect(types.filter((type) => type === 'OrderConfirmed')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderRejected')).toHaveLength(0);
    expect((await pipeline.api.get('e2e-hundred')).body.version).toBe(1);
  });

  test('creates one order per Idempotency-Key, and rejects the key with a different body', async () => {
    const key = { 'Idempotency-Key': 'e2e-key' };
    const [first, again] = [await pipeline.api.post(sampleOrder(), key), await pipeline.api.post(sampleOrder(), key)];
    const { orderId } = first.body;
    expect(again.body.orderId).toBe(orderId);
    await pipeline.waitForStatus(orderId, 'CONFIRMED');

    await pipeline.api.post(sampleOrder({ notes: 'another body' }), key);
    const rejected = await pipeline.waitForEvent(orderId, 'OrderRejected');
    expect(rejected.detail.data.code).toBe('DUPLICATE_ORDER_ID');
    await pipeline.waitUntilIdle();
    const after = await pipeline.api.get(orderId);
    expect(after.body).toMatchObject({ status: 'CONFIRMED', version: 1 });
    expect(after.body.order.notes).toBeUndefined();
  });

  test('rejects an order with a wrong total, and accepts the fixed order with the same ID', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'e2e-total', total: 1 }));
    const { body } = await pipeline.waitForStatus('e2e-total', 'REJECTED');
    expect(body.rejection).toMatchObject({ code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] });

    await pipeline.api.post(sampleOrder({ orderId: 'e2e-total', total: 4129 }));
    const fixed = await pipeline.waitForStatus('e2e-total', 'CONFIRMED');
    expect(fixed.body.rejection).toBeUndefined();
    await pipeline.waitForEvent('e2e-total', 'OrderConfirmed');
  });

  test('responds to an invalid order with all errors', async () => {
    const { status, headers, body } = await pipeline.api.post({ customerId: '', currency: 'euro', items: [{ sku: 'a', quantity: 0 }], colour: 'blue' });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual([
      '/colour UNKNOWN_FIELD', '/currency INVALID_FORMAT', '/customerId INVALID_FORMAT', '/items/0/quantity TOO_SMALL', '/items/0/unitPrice REQUIRED',
    ]);
  });

  test('responds with 404 for an order that does not exist', async () => {
    const { status, body } = await pipeline.api.get('e2e-unknown');
    expect(status).toBe(404);
    expect(body.type).toBe('urn:cdk-order-pipeline:problem:order-not-found');
  });

  test('lets pages of an allowed origin call it from a browser, and read errors, too', async () => {
    const origin = 'https://shop.example.com';
    for (const path of ['/orders', '/orders/e2e-cors', '/orders/e2e-cors/cancellation', '/orders/e2e-cors/events', '/files/none/orders']) {
      const preflight = await pipeline.api.request(path, {
        method: 'OPTIONS',
        headers: { 'x-api-key': '', 'Origin': origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-api-key,idempotency-key' },
      });
      expect([path, preflight.status]).toEqual([path, 204]);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    }
    const order = sampleOrder({ orderId: 'e2e-cors' });
    const responses = {
      202: await pipeline.api.post(order, { Origin: origin }),
      400: await pipeline.api.post({ ...order, items: [] }, { Origin: origin }),
      403: await pipeline.api.post(order, { 'Origin': origin, 'x-api-key': '' }),
      404: await pipeline.api.request('/orders/e2e-none', { headers: { Origin: origin } }),
    };
    for (const [status, response] of Object.entries(responses)) {
      expect([status, response.headers.get('access-control-allow-origin')]).toEqual([String(response.status), origin]);
      expect(response.headers.get('access-control-expose-headers')).toContain('X-Correlation-Id');
    }
    const other = await pipeline.api.request('/orders/e2e-none', { headers: { Origin: 'https://evil.example' } });
    expect([other.status, other.headers.get('access-control-allow-origin'), other.headers.get('vary')]).toEqual([404, null, 'Origin']);
  });

  test('responds with 403 without an API key', async () => {
    const { status } = await pipeline.api.post(sampleOrder({ orderId: 'e2e-no-key' }), { 'x-api-key': '' });
    expect(status).toBe(403);
    expect((await pipeline.api.get('e2e-no-key')).status).toBe(404);
  });
});
