import type { WebhookEvent } from './webhook-event';

/**
 * Creates the body of the requests for an event: `type`, `timestamp` and `data` as Standard Webhooks recommends, and the metadata and facts of the
 * event. The data of an event that exceeds the maximum size is left out, and after it the facts; `omitted` lists what is missing.
 */
export function webhookPayload({ type, occurredAt, metadata, facts, data }: WebhookEvent, maxBytes: number): string {
  const whole = JSON.stringify({ type, timestamp: occurredAt, metadata, facts, data });
  if (Buffer.byteLength(whole) <= maxBytes) return whole;
  const withoutData = JSON.stringify({ type, timestamp: occurredAt, metadata, facts, omitted: ['data'] });
  if (Buffer.byteLength(withoutData) <= maxBytes) return withoutData;
  return JSON.stringify({ type, timestamp: occurredAt, metadata: identifiers(metadata), omitted: ['data', 'facts'] });
}

/** The metadata of other systems may have any size. */
const identifiers = ({ eventId, orderId, fileId, tenant }: WebhookEvent['metadata']): object => ({ eventId, orderId, fileId, tenant });
