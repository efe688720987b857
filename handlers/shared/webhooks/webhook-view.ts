import { isOfApp, type Webhook } from './webhook';
import { tenantOf } from './webhook-disabled';

const time = (milliseconds: number | undefined): string | undefined =>
  (milliseconds === undefined ? undefined : new Date(milliseconds).toISOString());

/** Returns a webhook as the API shows it, without its secret and internal attributes. Undefined fields are absent in JSON. */
export function webhookView(webhook: Webhook, now: number): Record<string, unknown> {
  const {
    webhookId, url, description, eventTypes, channels, customerIds, currencies, salesChannels, tags, minimumTotal, tenants, ordered = false,
    maxConcurrency, enabled, disabledAt, disabledReason, failingSince, createdAt, updatedAt, previousSecretUntil = 0,
  } = webhook;
  return {
    webhookId,
    ...tenantOf(webhook),
    url,
    description,
    eventTypes,
    channels,
    customerIds,
    currencies,
    salesChannels,
    tags,
    minimumTotal,
    tenants,
    ordered,
    maxConcurrency,
    enabled,
    ...(enabled ? {} : { disabledAt, disabledReason }),
    failingSince: time(failingSince),
    previousSecretUntil: previousSecretUntil > now ? time(previousSecretUntil) : undefined,
    isReadOnly: isOfApp(webhook),
    createdAt,
    updatedAt,
  };
}
