import { DeployedPipeline } from '../support/deployed-pipeline';
import { postPatiently } from '../support/post-patiently';
import { sampleOrder } from '../support/sample-order';

describe('orders over REST, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  test('an order goes in and comes out confirmed, in the table and on the bus', async () => {
    const answer = await pipeline.api.post(sampleOrder({ orderId: 'e2e-1' }), { 'X-Correlation-Id': 'e2e-correlation' });
    expect(answer).toMatchObject({ status: 202, body: { orderId: 'e2e-1', correlationId: 'e2e-correlation', status: 'RECEIVED' } });
    expect(answer.headers.get('location')).toBe('/orders/e2e-1');

    const stored = await pipeline.status('e2e-1', 'CONFIRMED');
    expect(stored.body).toMatchObject({ ...sampleOrder(), orderId: 'e2e-1', total: 4129, version: 1 });
    expect(stored.headers.get('etag')).toBe('"1"');

    const confirmed = await pipeline.event('e2e-1', 'OrderConfirmed');
    const validated = await pipeline.event('e2e-1', 'OrderValidated');
    expect(confirmed.detail.metadata).toMatchObject({ correlationId: 'e2e-correlation', causationId: validated.detail.metadata.eventId, version: 1, channel: 'api' });
    expect(validated.detail.metadata.correlationId).toBe('e2e-correlation');
    expect(confirmed.detail.data.order).toMatchObject({ orderId: 'e2e-1', total: 4129 });
  });

  test('100 concurrent posts of one order make one item and one OrderConfirmed', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => postPatiently(pipeline.api, sampleOrder({ orderId: 'e2e-hundred' }))));
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(202));
    const tries = answers.reduce((sum, answer) => sum + answer.tries, 0);

    await pipeline.status('e2e-hundred', 'CONFIRMED');
    await pipeline.quiet();
    await pipeline.event('e2e-hundred', 'OrderConfirmed');
    const types = (await pipeline.eventsOf('e2e-hundred')).map((event) => event['detail-type']);
    const validated = types.filter((type) => type === 'OrderValidated').length;
    expect(validated).toBeGreaterThanOrEqual(100);
    expect(validated).toBeLessThanOrEqual(tries);
    expect(types.filter((type) => type === 'OrderConfirmed')).toHaveLength(1);
    expect(types.filter((type) => type === 'OrderRejected')).toHaveLength(0);
    expect((await pipeline.api.get('e2e-hundred')).body.version).toBe(1);
  });

  test('one Idempotency-Key stands for one order, and another body under it is rejected', async () => {
    const key = { 'Idempotency-Key': 'e2e-key' };
    const [first, again] = [await pipeline.api.post(sampleOrder(), key), await pipeline.api.post(sampleOrder(), key)];
    const { orderId } = first.body;
    expect(again.body.orderId).toBe(orderId);
    await pipeline.status(orderId, 'CONFIRMED');

    await pipeline.api.post(sampleOrder({ notes: 'another body' }), key);
    const rejected = await pipeline.event(orderId, 'OrderRejected');
    expect(rejected.detail.data.code).toBe('DUPLICATE_ORDER_ID');
    await pipeline.quiet();
    const after = await pipeline.api.get(orderId);
    expect(after.body).toMatchObject({ status: 'CONFIRMED', version: 1 });
    expect(after.body.notes).toBeUndefined();
  });

  test('an order whose total does not add up is rejected with the reason, and may be placed again mended', async () => {
    await pipeline.api.post(sampleOrder({ orderId: 'e2e-total', total: 1 }));
    const { body } = await pipeline.status('e2e-total', 'REJECTED');
    expect(body.rejection).toMatchObject({ code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] });

    await pipeline.api.post(sampleOrder({ orderId: 'e2e-total', total: 4129 }));
    const mended = await pipeline.status('e2e-total', 'CONFIRMED');
    expect(mended.body.rejection).toBeUndefined();
    await pipeline.event('e2e-total', 'OrderConfirmed');
  });

  test('everything that is wrong with an order is said at once', async () => {
    const { status, headers, body } = await pipeline.api.post({ customerId: '', currency: 'euro', items: [{ sku: 'a', quantity: 0 }], colour: 'blue' });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual([
      '/colour UNKNOWN_FIELD', '/currency INVALID_FORMAT', '/customerId TOO_SMALL', '/items/0/quantity TOO_SMALL', '/items/0/unitPrice REQUIRED',
    ]);
  });

  test('an order that nobody placed is not found', async () => {
    const { status, body } = await pipeline.api.get('e2e-nobody');
    expect(status).toBe(404);
    expect(body.type).toBe('urn:cdk-order-pipeline:problem:order-not-found');
  });

  test('a request without the API key is refused', async () => {
    const { status } = await pipeline.api.post(sampleOrder({ orderId: 'e2e-no-key' }), { 'x-api-key': '' });
    expect(status).toBe(403);
    expect((await pipeline.api.get('e2e-no-key')).status).toBe(404);
  });
});
