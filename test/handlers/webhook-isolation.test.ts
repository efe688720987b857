import '../support/handler-env';
import { setTimeout as sleep } from 'node:timers/promises';
import '../support/captured-logs';
import type * as createModule from '../../handlers/create-webhook-deliveries';
import type * as deliverModule from '../../handlers/deliver-webhooks';
import { loadHandler } from '../support/load-handler';
import { LOCAL_SETTINGS, sampleWebhook } from '../support/sample-webhooks';
import { answerWith, hang, WebhookReceiver, type Answer } from '../support/webhook-receiver';
import { WebhookSystem } from '../support/webhook-system';

const EVENTS = 60;
const PAUSE_MS = 150;
const OTHERS = 4;
/** Lambda's maximum of concurrent invocations, and the messages of a batch. Fewer than there are bad receivers. */
const [INVOCATIONS, BATCH] = [3, 10];

const env = { WEBHOOK_SETTINGS: JSON.stringify({ ...LOCAL_SETTINGS, requestTimeout: 1 }) };

/** Invokes the handler with the messages of the delivery queue, so many at a time, until it is stopped. */
async function poll(system: WebhookSystem, handler: typeof deliverModule.handler, isStopped: () => boolean): Promise<void> {
  const messages: { readonly body: string; readonly at: number }[] = [];
  let running = 0;
  while (!isStopped() || running > 0) {
    for (const queue of [system.sent.deliveries, system.sent.timers]) {
      messages.push(...queue.splice(0).map(({ body, delay }) => ({ body, at: performance.now() + delay * 1000 })));
    }
    const batch = messages.filter(({ at }) => at <= performance.now()).slice(0, BATCH);
    if (batch.length === 0 || running === INVOCATIONS || isStopped()) {
      await sleep(2);
      continue;
    }
    messages.splice(0, messages.length, ...messages.filter((message) => !batch.includes(message)));
    running++;
    void WebhookSystem.invoke(handler, batch.map(({ body }) => body)).finally(() => { running--; });
  }
}

/** How long deliveries take to a receiver that works, in milliseconds, next to others that answer in the given ways. */
async function latencies(answers: readonly Answer[]): Promise<number[]> {
  const system = new WebhookSystem();
  const [good, ...others] = await Promise.all([answerWith(200), ...answers].map((answer) => WebhookReceiver.start(answer)));
  [good, ...others].forEach(({ url }, index) => system.tables.items.set(`webhooks-table|*|wh_${index}`, { ...sampleWebhook({ webhookId: `wh_${index}`, url }) }));
  const create = loadHandler<typeof createModule>('create-webhook-deliveries', env).handler;
  let isStopped = false;
  const polling = poll(system, loadHandler<typeof deliverModule>('deliver-webhooks', env).handler, () => isStopped);
  const sent = new Map<string, number>();
  for (let index = 0; index < EVENTS; index++) {
    const eventId = `event-${index}`;
    sent.set(eventId, performance.now());
    const metadata = { eventId, orderId: `order-${index}`, sequence: 1 };
    await WebhookSystem.invoke(create, [{ 'id': eventId, 'time': new Date().toISOString(), 'detail-type': 'OrderConfirmed', 'detail': { metadata } }]);
    await sleep(PAUSE_MS);
  }
  while (good.accepted.length < EVENTS) await sleep(10);
  isStopped = true;
  await Promise.all([good, ...others].map((receiver) => receiver.stop()));
  await polling;
  return good.accepted.map(({ id, at }) => at - sent.get(id)!).sort((one, other) => one - other);
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(sorted.length * share) - 1];
const figures = (sorted: number[]) => `p50 ${quantile(sorted, 0.5).toFixed(1)} ms, p99 ${quantile(sorted, 0.99).toFixed(1)} ms`;
const of = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);

test('receivers that hang, fail and redirect do not delay another, even if there are more of them than concurrent invocations', async () => {
  const without = await latencies(of(OTHERS, answerWith(200)));
  const withBad = await latencies([...of(OTHERS / 2, hang), ...of(OTHERS / 4, answerWith(500)), ...of(OTHERS / 4, answerWith(302, { Location: 'http://127.0.0.1/' }))]);
  process.stderr.write(`${EVENTS} deliveries next to ${OTHERS} receivers that work: ${figures(without)}; next to ${OTHERS} that do not: ${figures(withBad)}\n`);
  expect(quantile(withBad, 0.99)).toBeLessThan(quantile(without, 0.99) + 500);
}, 120_000);
