import '../support/handler-env';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { createDelivery } from '../../handlers/aws/deliveries-table';
import type * as module from '../../handlers/deliver-webhooks';
import { newDelivery, deriveSecret } from '../../handlers/shared';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { publishedEvents } from '../support/published-events';
import { LOCAL_SETTINGS, sampleWebhook, sampleWebhookEvent } from '../support/sample-webhooks';
import { failed } from '../support/sqs-event';
import { answerWith, hang, WebhookReceiver, type Answer } from '../support/webhook-receiver';
import { WebhookSystem } from '../support/webhook-system';

let system: WebhookSystem;
let receiver: WebhookReceiver;
const receivers: WebhookReceiver[] = [];
const startReceiver = async (answer?: Answer) => {
  const started = await WebhookReceiver.start(answer);
  receivers.push(started);
  return started;
};
beforeEach(async () => {
  system = new WebhookSystem();
  receiver = await startReceiver();
});
afterAll(() => Promise.all(receivers.map((each) => each.stop())));

const endpoints = () => [{ webhookId: 'erp', url: receiver.url, secretArn: 'erp-secret' }];
const load = (env: object = {}) => loadHandler<typeof module>('deliver-webhooks', {
  WEBHOOK_SETTINGS: JSON.stringify({ ...LOCAL_SETTINGS, requestTimeout: 1 }), WEBHOOK_ENDPOINTS: JSON.stringify(endpoints()), ...env,
}).handler;

/** Stores a webhook with deliveries that are due. */
async function seed(changes: Parameters<typeof sampleWebhook>[0] = {}, events = [sampleWebhookEvent()]) {
  const webhook = sampleWebhook({ url: receiver.url, ...changes });
  if (webhook.owner !== '#') system.tables.items.set(`webhooks-table|${webhook.owner}|${webhook.webhookId}`, { ...webhook });
  for (const event of events) await createDelivery('deliveries-table', newDelivery(webhook, event, LOCAL_SETTINGS, Date.now()));
  return webhook;
}
const MESSAGE = { owner: '*', webhookId: 'wh_1' };
const stateOf = (key = '*|wh_1') => system.tables.items.get(`webhooks-table|${key}`)!;

test('what is due is sent, signed with the secret of the webhook, and stored as delivered', async () => {
  const webhook = await seed();
  expect(await WebhookSystem.invoke(load(), [MESSAGE])).toEqual(failed());
  receiver.verifyAll(deriveSecret('signing-secret', webhook, 1));
  expect(receiver.accepted).toMatchObject([{ id: 'order-1-1', event: { type: 'OrderChanged', data: { status: 'CONFIRMED' } } }]);
  expect(system.deliveries).toMatchObject([{ status: 'DELIVERED', attemptCount: 1, attempts: [{ statusCode: 200 }] }]);
  expect(system.tables.itemsOf('deliveries-table')).toHaveLength(1);
  expect(system.sent).toEqual({ deliveries: [], timers: [], deadLetters: [] });
  expect(stateOf()).toMatchObject({ failures: 0 });
  for (const name of ['leaseId', 'leaseUntil', 'hasNew', 'failingSince', 'openUntil']) expect(stateOf()).not.toHaveProperty(name);
});

test('after a failure, a message with a delay invokes the next run, and no second one while it is under way', async () => {
  receiver.answer = answerWith(500);
  await seed();
  await WebhookSystem.invoke(load(), [MESSAGE]);
  expect(system.sent.timers).toEqual([{ body: JSON.stringify(MESSAGE), delay: expect.any(Number), group: 'wh_1' }]);
  expect(system.sent.timers[0].delay).toBeGreaterThanOrEqual(3);
  expect(system.sent.timers[0].delay).toBeLessThanOrEqual(6);
  expect(system.deliveries).toMatchObject([{ status: 'PENDING', attemptCount: 1, lastAttempt: { error: 'HTTP_STATUS', statusCode: 500 } }]);
  expect(stateOf()).toMatchObject({ failures: 1, failingSince: expect.any(Number) });
  await WebhookSystem.invoke(load(), [MESSAGE]);
  expect(system.sent.timers).toHaveLength(1);
  expect(receiver.requests).toHaveLength(1);
});

test('another invocation has the run: the message is part of it, and deliveries that are new are made in it', async () => {
  await seed();
  let second: Promise<unknown> | undefined;
  receiver.answer = (response) => {
    // The first request is under way: a new delivery is stored, and its message is received.
    second ??= seed({}, [sampleWebhookEvent({ sequence: 2 })]).then(() => WebhookSystem.invoke(handler, [MESSAGE]))
      .then(() => { response.writeHead(200).end(); });
    if (receiver.requests.length > 0) response.writeHead(200).end();
    return 200;
  };
  const handler = load();
  // `seed` writes the webhook again, without the lease: keep it.
  const { items } = system.tables;
  const set = items.set.bind(items);
  items.set = (key, item) => set(key, key.startsWith('webhooks-table') && items.has(key) && !('leaseId' in item) && !('failures' in item) ? items.get(key)! : item);
  await WebhookSystem.invoke(handler, [MESSAGE]);
  await second;
  expect(loggedEntries().flatMap(({ outcomes = [] }) => outcomes as { outcome: string }[]).map(({ outcome }) => outcome)).toContain('WebhookRunJoined');
  expect(receiver.accepted.map(({ id }) => id)).toEqual(['order-1-1', 'order-1-2']);
  expect(stateOf()).not.toHaveProperty('leaseId');
});

test('a message that was received before waits for the run, whose invocation may have crashed, and acquires it after the end of the lease', async () => {
  await seed();
  Object.assign(stateOf(), { leaseId: 'crashed', leaseUntil: Date.now() + 300, hasNew: false });
  expect(await WebhookSystem.invoke(load(), [MESSAGE], { attributes: { ApproximateReceiveCount: '2' } })).toEqual(failed('m-0'));
  expect(receiver.requests).toEqual([]);
  await new Promise((resolve) => { setTimeout(resolve, 350); });
  expect(await WebhookSystem.invoke(load(), [MESSAGE], { attributes: { ApproximateReceiveCount: '3' } })).toEqual(failed());
  expect(receiver.accepted).toHaveLength(1);
});

test('an error in a run releases it, and the message is retried', async () => {
  await seed();
  let isDown = true;
  system.tables.failure = (command) => { if (isDown && command === 'QueryCommand') throw new Error('throttled'); };
  expect(await WebhookSystem.invoke(load(), [MESSAGE])).toEqual(failed('m-0'));
  expect(stateOf()).not.toHaveProperty('leaseId');
  isDown = false;
  await WebhookSystem.invoke(load(), [MESSAGE], { attributes: { ApproximateReceiveCount: '2' } });
  expect(receiver.accepted).toHaveLength(1);
});

test('when the time is up, a message continues in another invocation', async () => {
  await seed({ maxConcurrency: 1 }, Array.from({ length: 30 }, (_, index) => sampleWebhookEvent({ orderId: `order-${index}` })));
  receiver.answer = (response) => { setTimeout(() => response.writeHead(200).end(), 30); return 200; };
  await WebhookSystem.invoke(load(), [MESSAGE], { time: 6300 });
  expect(receiver.accepted.length).toBeGreaterThan(0);
  expect(receiver.accepted.length).toBeLessThan(30);
  expect(system.sent.timers).toEqual([{ body: JSON.stringify(MESSAGE), delay: 0, group: 'wh_1' }]);
  expect(stateOf()).not.toHaveProperty('leaseId');
});

test('webhooks of one batch do not wait for each other', async () => {
  const hanging = await startReceiver(hang);
  await seed({ webhookId: 'wh_hanging', url: hanging.url });
  await seed();
  const started = performance.now();
  await WebhookSystem.invoke(load(), [{ owner: '*', webhookId: 'wh_hanging' }, MESSAGE]);
  expect(hanging.requests).toHaveLength(1);
  expect(receiver.accepted[0].at - started).toBeLessThan(900);
});

test('a webhook of the props is signed with both values of its own secret, and its state is stored', async () => {
  const [current, previous] = ['bmV3LXNlY3JldC1uZXctc2VjcmV0LTMy', 'whsec_b2xkLXNlY3JldC1vbGQtc2VjcmV0LTMy'];
  system.secrets['erp-secret'] = [current, previous];
  await seed({ owner: '#', webhookId: 'erp', secretArn: 'erp-secret' });
  await WebhookSystem.invoke(load(), [{ owner: '#', webhookId: 'erp' }]);
  for (const secret of [current, previous]) receiver.verifyAll(secret);
  expect(stateOf('#|erp')).toMatchObject({ failures: 0 });
});

test('a webhook that was deleted, or is not in the props any more, has no deliveries', async () => {
  await seed({ owner: '#', webhookId: 'gone' });
  await seed();
  system.tables.items.delete('webhooks-table|*|wh_1');
  expect(await WebhookSystem.invoke(load(), [MESSAGE, { owner: '#', webhookId: 'gone' }])).toEqual(failed());
  expect(receiver.requests).toEqual([]);
  expect(system.webhooks.some(({ webhookId }) => webhookId === 'wh_1')).toBe(false);
});

test('a receiver that answers 410 is disabled: with an event, an alert, a metric and a dead letter, whose redrive makes the delivery again', async () => {
  receiver.answer = answerWith(410);
  await seed({ owner: 'acme' });
  const handler = load({ ALERT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts' });
  await WebhookSystem.invoke(handler, [{ owner: 'acme', webhookId: 'wh_1' }]);
  expect(stateOf('acme|wh_1')).toMatchObject({ enabled: false, disabledReason: 'GONE', disabledAt: expect.any(String) });
  expect(publishedEvents()).toMatchObject([{
    type: 'OrderWebhookDisabled', metadata: { webhookId: 'wh_1', tenant: 'acme', eventType: 'OrderWebhookDisabled' }, data: { reason: 'GONE', url: receiver.url },
  }]);
  expect(system.alerts).toMatchObject([{ Subject: 'Webhook disabled: wh_1', Message: expect.stringContaining('answered 410 Gone') }]);
  expect(loggedText()).toContain('"WebhookDisabled":1');
  const message = JSON.parse(system.sent.deadLetters[0].body);
  expect(message).toEqual({ owner: 'acme', webhookId: 'wh_1', redeliver: 'order-1-1', orderId: 'order-1', tenant: 'acme' });

  receiver.answer = answerWith(200);
  Object.assign(stateOf('acme|wh_1'), { enabled: true });
  await WebhookSystem.invoke(handler, [message]);
  expect(receiver.accepted.map(({ id }) => id)).toEqual(['order-1-1']);
  expect(system.deliveries).toMatchObject([{ status: 'DELIVERED', attemptCount: 2 }]);
  await WebhookSystem.invoke(handler, [message]);
  expect(receiver.accepted).toHaveLength(1);
  expect(receiver.requests).toHaveLength(2);
});

test('a message that is none goes to the dead-letter queue', async () => {
  expect(await WebhookSystem.invoke(load(), ['{}'])).toEqual(failed());
  expect(system.sent.deadLetters).toMatchObject([{ body: '{}' }]);
});

test('logs have neither the contents of orders nor URLs', async () => {
  receiver.answer = answerWith(500);
  await seed({}, [sampleWebhookEvent({ data: { order: { notes: 'canary' } } })]);
  await WebhookSystem.invoke(load(), [MESSAGE]);
  expect(loggedText()).toContain('WebhookAttemptFailed');
  expect(loggedText()).not.toMatch(/canary|127\.0\.0\.1|signing-secret|the answer/);
});

test('verification by the independent library is not vacuous', async () => {
  await seed();
  await WebhookSystem.invoke(load(), [MESSAGE]);
  expect(() => new StandardWebhook(deriveSecret('other', MESSAGE, 1)).verify(receiver.requests[0].body, receiver.requests[0].headers as Record<string, string>)).toThrow('No matching signature');
});
