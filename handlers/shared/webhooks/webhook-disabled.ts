import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { DisabledReason, Webhook, WebhookHealth } from './webhook';
import { APP_OWNER, NO_TENANT, SCHEMA_VERSION, WEBHOOK_EVENT_TYPE } from '../../../src/private/contract';
import type { BusEvent } from '../events/publish-events';
import { eventIdFor } from '../orders/ids';
import { tenantField } from '../orders/order-identity';

/** The tenant of a webhook; none for those of the props and of a pipeline without tenants. */
export const tenantOf = ({ owner }: Pick<Webhook, 'owner'>): { readonly tenant?: string } =>
  tenantField({ tenant: owner === NO_TENANT || owner === APP_OWNER ? undefined : owner });

/** Creates the event that a webhook was disabled. It has the same ID when it is published again. */
export function webhookDisabledEvent(webhook: Webhook, reason: DisabledReason, { failingSince }: WebhookHealth, now: Date): BusEvent {
  const { webhookId, url } = webhook;
  const since = failingSince === undefined ? {} : { failingSince: new Date(failingSince).toISOString() };
  const eventId = eventIdFor(WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED, webhook.owner, webhookId, String(failingSince));
  return {
    type: WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED,
    metadata: {
      eventId,
      eventType: WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED,
      schemaVersion: SCHEMA_VERSION,
      webhookId,
      ...tenantOf(webhook),
      correlationId: webhookId,
      causationId: webhookId,
      occurredAt: now.toISOString(),
    },
    data: { url, reason, ...since },
  };
}

/** Creates the SNS message that a webhook was disabled. Subscribers can filter it by its attributes. */
export function webhookDisabledAlert(webhook: Webhook, reason: DisabledReason): Omit<PublishCommandInput, 'TopicArn'> {
  const { webhookId, url } = webhook;
  const { tenant } = tenantOf(webhook);
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    Subject: `Webhook disabled: ${webhookId}`,
    Message: [
      `A webhook was disabled: ${EXPLANATION[reason]} It receives no more events, and its pending deliveries failed.`,
      '',
      `Webhook: ${webhookId}`,
      ...(tenant === undefined ? [] : [`Tenant:  ${tenant}`]),
      `URL:     ${url}`,
      '',
      `When the receiver works again, enable it with PATCH /webhooks/${webhookId} {"enabled":true}, and redeliver what failed: redrive the dead-letter queue `
      + `webhook-deliveries, or POST /webhooks/${webhookId}/deliveries/{eventId}/redeliver.`,
    ].join('\n'),
    MessageAttributes: {
      eventType: attribute(WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED),
      webhookId: attribute(webhookId),
      reason: attribute(reason),
      ...(tenant === undefined ? {} : { tenant: attribute(tenant) }),
    },
  };
}

const EXPLANATION: Record<DisabledReason, string> = {
  FAILING: 'its receiver has not answered a request successfully for days.',
  GONE: 'its receiver answered 410 Gone.',
  BY_OWNER: 'its owner disabled it.',
};
