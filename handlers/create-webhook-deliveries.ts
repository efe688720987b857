import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, matchesWebhook, newDelivery, readEnv, readWebhookEvent, wakeUpDelay, type Delivery, type Outcome, type Webhook } from '#shared';
import { createDelivery } from './aws/deliveries-table';
import { sendDeliveryMessage } from './aws/delivery-queue';
import { queueFailures } from './aws/failure-policies';
import { webhooksOf } from './aws/webhooks';
import type { WebhookSettings } from '../src/private/contract';

const env = readEnv('create-webhook-deliveries');
const settings = JSON.parse(env.WEBHOOK_SETTINGS) as WebhookSettings;
const onFailure = queueFailures(env);
const { listAppWebhooks, listWebhooks } = webhooksOf(env);

/** Creates the deliveries of each event: one for each webhook that receives it. No receiver is involved, so none can delay the others. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  // Events of one batch read the webhooks once.
  const lists = new Map<string, Promise<Webhook[]>>();
  const once = (key: string, list: () => Promise<Webhook[]>): Promise<Webhook[]> => {
    const listed = lists.get(key) ?? list();
    lists.set(key, listed);
    return listed;
  };
  const webhooksFor = async (tenant?: string): Promise<Webhook[]> =>
    (await Promise.all([once('app', listAppWebhooks), once(`of ${tenant}`, () => listWebhooks(tenant))])).flat();
  return consumeQueue(event, { summary: 'webhook deliveries created', consume: (record) => consume(record, webhooksFor), onFailure });
}

async function consume({ body, messageId }: SQSRecord, webhooksFor: (tenant?: string) => Promise<Webhook[]>): Promise<Outcome> {
  const event = readWebhookEvent(body);
  const webhooks = (await webhooksFor(event.tenant)).filter((webhook) => matchesWebhook(webhook, event));
  const now = Date.now();
  await Promise.all(webhooks.map((webhook) => createAndWakeUp(newDelivery(webhook, event, settings, now), now)));
  const order = event.orderKey === undefined ? {} : { orderId: event.orderKey };
  return { outcome: webhooks.length > 0 ? 'WebhookEventAccepted' : 'WebhookEventIgnored', ...order, messageId };
}

/** A delivery that exists may be one whose message could not be sent in an earlier attempt. */
async function createAndWakeUp(delivery: Delivery, now: number): Promise<void> {
  await createDelivery(env.DELIVERIES_TABLE_NAME, delivery);
  const { owner, webhookId, dueAt } = delivery;
  await sendDeliveryMessage(env.DELIVERY_QUEUE_URL, { owner, webhookId }, wakeUpDelay(dueAt, now));
}
