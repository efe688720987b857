import {
  attemptDelivery, publishEvent, resolveByDns, tenantOf, webhookDisabledAlert, webhookDisabledEvent, type DisabledReason, type RunPorts, type Webhook,
  type WebhookHealth,
} from '#shared';
import { alertPublisher } from './alert-topic';
import { deliveryStore } from './deliveries-table';
import { sendFailedDelivery } from './delivery-queue';
import { eventPublisher, type PublisherEnv } from './event-bus';
import { webhookSecrets } from './signing-secrets';
import { webhooksOf } from './webhooks';
import { updateWebhookItem } from './webhooks-table';
import type { WebhookSettings } from '../../src/private/contract';

interface DeliveryEnv extends PublisherEnv {
  readonly WEBHOOKS_TABLE_NAME: string;
  readonly DELIVERIES_TABLE_NAME: string;
  readonly WEBHOOK_ENDPOINTS: string;
  readonly SIGNING_SECRET_ARN: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
  readonly ALERT_TOPIC_ARN?: string;
}

/** Creates the function that makes what a run needs: the table, requests to receivers, and what happens when they fail. */
export function deliveryPorts(env: DeliveryEnv, settings: WebhookSettings): (isTimeUp: () => boolean) => RunPorts {
  const disable = disableWebhook(env);
  return (isTimeUp) => ({
    store: deliveryStore(env.DELIVERIES_TABLE_NAME),
    reload: webhooksOf(env).getWebhook,
    attempt: async (webhook, delivery) =>
      attemptDelivery(delivery, webhook.url, await webhookSecrets(webhook, env.SIGNING_SECRET_ARN), settings, resolveByDns),
    sendToDeadLetterQueue: ({ owner, webhookId, eventId, orderId }, reason) =>
      sendFailedDelivery(env.DEAD_LETTER_QUEUE_URL, { owner, webhookId, redeliver: eventId, orderId, ...tenantOf({ owner }) }, reason),
    disable,
    disableAfter: settings.disableAfter * 1000,
    now: Date.now,
    isTimeUp,
  });
}

/** Creates the function that disables a webhook. After a crash in between, the event is published again, with the same ID. */
function disableWebhook(env: DeliveryEnv) {
  const publish = eventPublisher(env);
  const alert = env.ALERT_TOPIC_ARN ? alertPublisher(env.ALERT_TOPIC_ARN) : undefined;
  return async (webhook: Webhook, disabledReason: DisabledReason, health: WebhookHealth): Promise<void> => {
    const now = new Date();
    await publishEvent(publish, webhookDisabledEvent(webhook, disabledReason, health, now));
    await alert?.(webhookDisabledAlert(webhook, disabledReason));
    const changes = { enabled: false, disabledAt: now.toISOString(), disabledReason };
    await updateWebhookItem(env.WEBHOOKS_TABLE_NAME, webhook, changes, { expression: 'attribute_exists(leaseId)' });
  };
}
