import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventually } from '../../cli/local/system/eventually';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { drain } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi, type ApiResponse } from '../support/orders-api';
import { Random } from '../support/random';
import { sampleOrder } from '../support/sample-order';
import { answerWith, hang, WebhookReceiver } from '../support/webhook-receiver';

/** The number of events by which the latencies with and without bad receivers are compared. */
const EVENTS = 15;
/** Between two of them: less than the local AWS can process. */
const PAUSE_MS = 400;

interface TestEvent {
  readonly type: string;
  readonly id: string;
  readonly orderId: string;
  readonly sequence?: number;
}

describe('the webhooks of a pipeline, on a local AWS', () => {
  let local: LocalAws;
  let outputs: Record<string, string>;
  let api: OrdersApi;
  let eventBridge: EventBridgeClient;
  const receivers: WebhookReceiver[] = [];
  let erp: WebhookReceiver;
  let shop: WebhookReceiver;
  let shopWebhook: ApiResponse;

  const startReceiver = async (...args: Parameters<typeof WebhookReceiver.start>): Promise<WebhookReceiver> => {
    const receiver = await WebhookReceiver.start(...args);
    receivers.push(receiver);
    return receiver;
  };
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => api.request(path, {
    method, headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const create = (receiver: WebhookReceiver, more: object = {}) => send('POST', '/webhooks', { url: receiver.url, eventTypes: ['OrderRejected'], ...more });

  /** Publishes events as the pipeline does. */
  async function publish(events: readonly TestEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += 10) {
      await eventBridge.send(new PutEventsCommand({
        Entries: events.slice(from, from + 10).map(({ type, id, orderId, sequence = 1 }) => ({
          EventBusName: outputs.EventBusName,
          Source: 'orders',
          DetailType: type,
          Detail: JSON.stringify({
            metadata: { eventId: id, eventType: type, orderId, sequence, version: sequence, occurredAt: new Date().toISOString(), channel: 'api' },
            data: { note: `of ${id}` },
          }),
        })),
      }));
    }
  }

  /** Publishes events one after the other and returns how long each took to the shop, in milliseconds. */
  async function latencies(name: string, count = EVENTS): Promise<number[]> {
    const sent = new Map<string, number>();
    for (let index = 0; index < count; index++) {
      const id = `${name}-${index}`;
      sent.set(id, performance.now());
      await publish([{ type: 'OrderRejected', id, orderId: `latency-${index}` }]);
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    }
    const accepted = () => shop.accepted.filter(({ id }) => sent.has(id));
    await eventually(`${count} deliveries`, async () => accepted().length === count || undefined);
    return accepted().map(({ id, at }) => at - sent.get(id)!).sort((one, other) => one - other);
  }
  /** The last attempt of a delivery that failed so far. */
  const lastFailure = ({ body: { webhookId } }: ApiResponse) => eventually(`a failed attempt of ${webhookId}`, async () => {
    const { body } = await send('GET', `/webhooks/${webhookId}/deliveries?status=PENDING`);
    return body.items.find(({ lastAttempt }: { lastAttempt?: { error?: string } }) => lastAttempt?.error)?.lastAttempt;
  });
  const quantile = (sorted: readonly number[], share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1]);

  beforeAll(async () => {
    local = await startLocalAws();
    erp = await startReceiver(answerWith(503));
    outputs = await deployExample(join(__dirname, 'webhooks'), 'Webhooks', local, { erpUrl: erp.url });
    api = await OrdersApi.of(local, outputs);
    eventBridge = new EventBridgeClient(clientConfig(local));
    shop = await startReceiver();
    shopWebhook = await create(shop, { eventTypes: ['OrderConfirmed', 'OrderRejected'], description: 'the shop' });
  }, 300_000);
  afterAll(async () => {
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await local?.stop();
  });

  test('an order that is placed over the API is sent to a webhook that was created over the API, with a signature', async () => {
    expect(shopWebhook).toMatchObject({ status: 201, body: { webhookId: expect.stringMatching(/^wh_/), enabled: true, ordered: false, isReadOnly: false } });
    expect(shopWebhook.headers.get('location')).toMatch(new RegExp(`/webhooks/${shopWebhook.body.webhookId}$`));
    await api.post(sampleOrder({ orderId: 'order-1' }));
    const { id, event } = await eventually('the delivery', async () => shop.accepted.find((each) => each.event.type === 'OrderConfirmed'));
    expect(event).toMatchObject({ type: 'OrderConfirmed', metadata: { orderId: 'order-1', eventId: id }, data: { order: { orderId: 'order-1' } } });
    shop.verifyAll(shopWebhook.body.secret);
    expect(() => shop.verifyAll('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toThrow('No matching signature');
    const log = await eventually('the list of deliveries', async () => {
      const { body } = await send('GET', `/webhooks/${shopWebhook.body.webhookId}/deliveries`);
      return body.items?.[0]?.status === 'DELIVERED' ? body : undefined;
    });
    expect(log.items).toMatchObject([{ eventId: id, orderId: 'order-1', attemptCount: 1, lastAttempt: { statusCode: 200, responseBody: 'the answer', duration: expect.any(Number) } }]);
    const { body } = await send('GET', `/webhooks/${shopWebhook.body.webhookId}/deliveries/${id}`);
    expect(JSON.parse(body.request.body)).toEqual(event);
  });

  test('receivers that hang or fail do not delay the others', async () => {
    const others = await Promise.all([startReceiver(), startReceiver()]);
    const created = await Promise.all(others.map((receiver) => create(receiver)));
    // The processes of the functions start. With and without bad receivers, there are as many webhooks: the load is the same.
    await latencies('first', 3);
    const before = await latencies('without');
    const received = others[0].requests.length;
    [hang, answerWith(500)].forEach((answer, index) => { others[index].answer = answer; });
    const after = await latencies('with');
    const figures = [before, after].map((sorted) => `p50 ${quantile(sorted, 0.5)} ms, p99 ${quantile(sorted, 0.99)} ms`);
    process.stderr.write(`latency of ${EVENTS} deliveries: without bad receivers ${figures[0]}; with ${others.length} of them ${figures[1]}\n`);
    // The request timeout is two seconds: a delivery that waited for a bad receiver would take longer. The machine may be busy.
    expect(quantile(after, 0.5)).toBeLessThan(quantile(before, 0.99) + 1000);
    // Its circuit opens: a receiver that hangs gets fewer requests than events.
    expect(others[0].requests.length - received).toBeLessThan(EVENTS);
    expect(await Promise.all(created.map(lastFailure))).toMatchObject([{ error: 'TIMEOUT' }, { error: 'HTTP_STATUS', statusCode: 500, responseBody: 'the answer' }]);
    for (const { body: { webhookId } } of created) expect((await send('DELETE', `/webhooks/${webhookId}`)).status).toBe(204);
  });

  test('redirects are not followed', async () => {
    const trap = await startReceiver();
    const created = await create(await startReceiver(answerWith(302, { Location: trap.url })));
    await publish([{ type: 'OrderRejected', id: 'redirected-1', orderId: 'redirected' }]);
    expect(await lastFailure(created)).toMatchObject({ error: 'REDIRECT', statusCode: 302 });
    expect(trap.requests).toEqual([]);
    await send('DELETE', `/webhooks/${created.body.webhookId}`);
  });

  test('a receiver that was down gets every event when it has recovered, those of each order in sequence', async () => {
    const random = new Random(7);
    const events = ['o-1', 'o-2', 'o-3'].flatMap((orderId) => [1, 2, 3, 4, 5].map((sequence) => ({ type: 'OrderChanged', id: `${orderId}-${sequence}`, orderId, sequence })));
    const shuffled = [...events].sort(() => random.next() - 0.5);
    await publish(shuffled);
    await eventually('failed attempts', async () => erp.requests.length >= 2 || undefined);
    expect(erp.accepted).toEqual([]);
    erp.answer = answerWith(200);
    await eventually('all events', async () => erp.accepted.length === events.length || undefined);
    const sequences = (orderId: string) =>
      erp.accepted.filter(({ event }) => event.metadata.orderId === orderId).map(({ event }) => event.metadata.sequence);
    for (const orderId of ['o-1', 'o-2', 'o-3']) expect(sequences(orderId)).toEqual([1, 2, 3, 4, 5]);
    const { body: { secret } } = await send('GET', '/webhooks/erp/secret');
    erp.verifyAll(secret);
  });

  test('both the old and the new secret sign after a rotation', async () => {
    const { webhookId, secret } = shopWebhook.body;
    const rotated = await send('POST', `/webhooks/${webhookId}/secret`);
    expect(rotated).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/), previousSecretUntil: expect.any(String) } });
    expect(rotated.body.secret).not.toBe(secret);
    shop.requests.length = 0;
    await publish([{ type: 'OrderRejected', id: 'rotated-1', orderId: 'rotated' }]);
    await eventually('the delivery', async () => shop.accepted.length === 1 || undefined);
    shop.verifyAll(secret);
    shop.verifyAll(rotated.body.secret);
  });

  test('a receiver that answers 410 is disabled at once, with an event, an alert and a dead letter; its owner enables it and repeats the delivery', async () => {
    const gone = await startReceiver(answerWith(410));
    const { webhookId, secret } = (await create(gone)).body;
    await publish([{ type: 'OrderRejected', id: 'gone-1', orderId: 'gone' }]);
    const [disabled] = await eventually('the event', async () => {
      const messages = await drain(local, outputs.DisabledQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!)) : undefined;
    });
    expect(disabled).toMatchObject({ 'detail-type': 'OrderWebhookDisabled', 'detail': { metadata: { webhookId }, data: { reason: 'GONE', url: gone.url } } });
    const [alert] = await eventually('the alert', async () => {
      const messages = await drain(local, outputs.AlertsQueueUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!)) : undefined;
    });
    expect(alert.Subject).toBe(`Webhook disabled: ${webhookId}`);
    const [failedDelivery] = await eventually('the dead letter', async () => {
      const messages = await drain(local, outputs.FailedDeliveriesUrl);
      return messages.length > 0 ? messages.map(({ Body }) => JSON.parse(Body!)) : undefined;
    });
    expect(failedDelivery).toMatchObject({ webhookId, redeliver: 'gone-1' });
    await eventually('the state', async () => (await send('GET', `/webhooks/${webhookId}`)).body.enabled === false || undefined);
    expect(await send('POST', `/webhooks/${webhookId}/deliveries/gone-1/redeliver`)).toMatchObject({ status: 409 });

    gone.answer = answerWith(200);
    expect((await send('PATCH', `/webhooks/${webhookId}`, { enabled: true })).body).toMatchObject({ enabled: true });
    expect(await send('POST', `/webhooks/${webhookId}/deliveries/gone-1/redeliver`)).toMatchObject({ status: 202, body: { eventId: 'gone-1', status: 'PENDING' } });
    await eventually('the delivery', async () => gone.accepted.length === 1 || undefined);
    gone.verifyAll(secret);
    expect(gone.accepted).toMatchObject([{ id: 'gone-1', event: { data: { note: 'of gone-1' } } }]);
  });

  test('a URL with a private address is an error', async () => {
    for (const url of ['https://10.0.0.1/', 'https://169.254.169.254/latest', 'https://[::ffff:10.0.0.1]/', 'https://metadata.google.internal/']) {
      expect(await send('POST', '/webhooks', { url })).toMatchObject({
        status: 400, body: { type: expect.stringMatching(/:invalid-webhook$/), errors: [{ path: '/url', code: 'ADDRESS_NOT_ALLOWED' }] },
      });
    }
  });
});
