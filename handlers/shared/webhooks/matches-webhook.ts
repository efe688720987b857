import type { Webhook } from './webhook';
import type { WebhookEvent } from './webhook-event';

/** Returns whether a webhook receives an event. A filter by a fact matches only events that have the fact, as in the subscriptions of `OrderEventBus`. */
export function matchesWebhook(webhook: Webhook, { type, tenant, metadata, facts }: WebhookEvent): boolean {
  const { enabled, eventTypes, tenants, channels, customerIds, currencies, salesChannels, tags, minimumTotal } = webhook;
  return enabled
    && isOneOf(eventTypes, type)
    && isOneOf(tenants, tenant)
    // Events of other systems may omit the channel.
    && isOneOf(channels, metadata.channel ?? 'bus')
    && isOneOf(customerIds, facts.customerId)
    && isOneOf(currencies, facts.currency)
    && isOneOf(salesChannels, facts.salesChannel)
    && (tags === undefined || (Array.isArray(facts.tags) && facts.tags.some((tag) => tags.includes(tag as string))))
    && (minimumTotal === undefined || (typeof facts.total === 'number' && facts.total >= minimumTotal));
}

const isOneOf = (values: readonly string[] | undefined, value: unknown): boolean => values === undefined || values.includes(value as string);
