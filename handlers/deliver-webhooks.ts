import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  consumeQueue, parseDeliveryMessage, readEnv, RetryableError, runDeliveries, wakeUpDelay, type DeliveryMessage, type Outcome, type RunResult,
  type Webhook, type WebhookKey,
} from '#shared';
import { deliveryStore, restoreDelivery } from './aws/deliveries-table';
import { deliveryPorts } from './aws/delivery-ports';
import { sendDeliveryMessage } from './aws/delivery-queue';
import { queueFailures } from './aws/failure-policies';
import { acquireRun, releaseRun, saveHealth, type RunLease } from './aws/webhook-run';
import { webhooksOf } from './aws/webhooks';
import { APP_OWNER, type WebhookSettings } from '../src/private/contract';

const env = readEnv('deliver-webhooks');
const settings = JSON.parse(env.WEBHOOK_SETTINGS) as WebhookSettings;
const onFailure = queueFailures(env);
const table = env.WEBHOOKS_TABLE_NAME;
const store = deliveryStore(env.DELIVERIES_TABLE_NAME);
const portsFor = deliveryPorts(env, settings);
const { webhookOf } = webhooksOf(env);

/** The time that an invocation keeps for the requests that are under way, and for storing their results. */
const reserve = (settings.requestTimeout + 5) * 1000;

/** Makes the deliveries that are due. The webhooks of a batch do not wait for each other. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const deadline = Date.now() + context.getRemainingTimeInMillis();
  return consumeQueue(event, { summary: 'webhook deliveries made', consume: (record) => consume(record, deadline), onFailure });
};

async function consume({ body, messageId, attributes }: SQSRecord, deadline: number): Promise<readonly Outcome[]> {
  const message = parseDeliveryMessage(body);
  if (message.redeliver !== undefined) await restore(message, message.redeliver);
  const { owner, webhookId } = message;
  const key = { owner, webhookId };
  const lease = await acquireRun(table, key, owner !== APP_OWNER, deadline);
  if (lease === 'missing') return [{ outcome: 'WebhookNotFound', messageId }];
  if (lease === 'busy') return [joined(messageId, Number(attributes.ApproximateReceiveCount))];
  const webhook = webhookOf(key, lease.item);
  return [{ outcome: 'WebhookRun', messageId, isCounted: false }, ...webhook ? await run(webhook, lease, deadline) : await end(key, lease)];
}

/**
 * Another invocation makes the deliveries of the message. If the message was received before, that may be one that crashed: then the message remains until
 * the run can be acquired.
 *
 * @throws RetryableError
 */
function joined(messageId: string, receiveCount: number): Outcome {
  if (receiveCount > 1) throw new RetryableError('WebhookRunBusy', 'another invocation has the run of the webhook');
  return { outcome: 'WebhookRunJoined', messageId };
}

/** A delivery from the dead-letter queue. One that is pending or delivered in the meantime stays as it is. */
async function restore({ webhookId }: DeliveryMessage, eventId: string): Promise<void> {
  const delivery = await store.get(webhookId, eventId);
  const now = Date.now();
  if (delivery?.status === 'FAILED') await restoreDelivery(env.DELIVERIES_TABLE_NAME, delivery, now, now + settings.retryDuration * 1000);
}

/** The props do not have the webhook any more. */
async function end(key: WebhookKey, lease: RunLease): Promise<Outcome[]> {
  await releaseRun(table, key, lease, {}, true);
  return [{ outcome: 'WebhookNotFound' }];
}

async function run(webhook: Webhook, lease: RunLease, deadline: number): Promise<readonly Outcome[]> {
  try {
    return await runUntilDone(webhook, lease, () => Date.now() > deadline - reserve);
  } catch (error) {
    // The retry of the message can start as soon as it is received.
    await releaseRun(table, webhook, lease, {}, true).catch(() => undefined);
    throw error;
  }
}

/** Makes deliveries until there is nothing left to do now. New deliveries of which other invocations were informed are part of it. */
async function runUntilDone(started: Webhook, lease: RunLease, isTimeUp: () => boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let webhook = started; ;) {
    const result = await runDeliveries(webhook, portsFor(isTimeUp));
    outcomes.push(...result.outcomes);
    const health = { ...result.health, wakeUpAt: await wakeUp(webhook, result) };
    if (await releaseRun(table, webhook, lease, health, false)) return outcomes;
    if (isTimeUp()) {
      await sendDeliveryMessage(env.QUEUE_URL, { owner: webhook.owner, webhookId: webhook.webhookId });
      await releaseRun(table, webhook, lease, health, true);
      return outcomes;
    }
    await saveHealth(table, webhook, lease, health);
    webhook = { ...webhook, ...health };
  }
}

/** Sends the message that invokes the next run, unless an earlier one is under way. Returns when it will be received. */
async function wakeUp({ owner, webhookId }: Webhook, { nextAt, health: { wakeUpAt = 0 } }: RunResult): Promise<number | undefined> {
  const now = Date.now();
  // Delays are whole seconds, rounded up.
  if (wakeUpAt > now && (nextAt === undefined || wakeUpAt < nextAt + 1000)) return wakeUpAt;
  if (nextAt === undefined) return undefined;
  const delay = wakeUpDelay(nextAt, now);
  await sendDeliveryMessage(env.QUEUE_URL, { owner, webhookId }, delay);
  return now + delay * 1000;
}
