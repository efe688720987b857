import type { Webhook, WebhookEvent } from '../../handlers/shared';
import type { WebhookSettings } from '../../src/private/contract';

export const SETTINGS: WebhookSettings = {
  allowHttp: false,
  allowedNetworks: [],
  requestTimeout: 2,
  retryDuration: 259_200,
  disableAfter: 432_000,
  deliveryRetention: 2_592_000,
  secretOverlap: 86_400,
  maxPayloadSize: 262_144,
  maxWebhooks: 3,
};

/** The settings for receivers of this machine. */
export const LOCAL_SETTINGS: WebhookSettings = { ...SETTINGS, allowHttp: true, allowedNetworks: ['127.0.0.0/8'] };

export const sampleWebhook = (changes: Partial<Webhook> = {}): Webhook => ({
  owner: '*', webhookId: 'wh_1', url: 'https://example.com/webhooks', enabled: true, createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z', ...changes,
});

/** An event of the pipeline about an order. */
export function sampleWebhookEvent({ orderId = 'order-1', sequence = 1, ...changes }: Partial<WebhookEvent> & { readonly sequence?: number } = {}): WebhookEvent {
  const eventId = changes.eventId ?? `${orderId}-${sequence}`;
  return {
    eventId,
    type: 'OrderChanged',
    occurredAt: '2026-11-27T08:00:00.000Z',
    orderId,
    orderKey: orderId,
    metadata: { eventId, orderId, sequence, version: sequence, channel: 'api' },
    facts: { customerId: 'customer-1', currency: 'EUR', total: 10_000, salesChannel: 'web', tags: ['gift'] },
    data: { status: 'CONFIRMED' },
    ...changes,
  };
}
