import * as z from 'zod/mini';
import { metadataSchema } from '../events/event';
import { isObject } from '../json/is-object';
import { utcTime } from '../json/utc-time';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { orderKey } from '../orders/order-identity';
import { isPrintableId } from '../telemetry/id-formats';

/** An event of the bus for webhooks. */
export interface WebhookEvent {
  readonly eventId: string;
  readonly type: string;
  /** In UTC with milliseconds. */
  readonly occurredAt: string;
  readonly tenant?: string;
  readonly orderId?: string;
  /** By which the deliveries of an order are ordered; undefined for an event that is not about an order. */
  readonly orderKey?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

const busEventSchema = z.object({
  'id': z.optional(z.unknown()),
  'time': z.optional(z.unknown()),
  'detail-type': z.string().check(z.minLength(1), z.maxLength(128)),
  'detail': z.object({
    metadata: z.looseObject({ orderId: z.optional(metadataSchema.shape.orderId), tenant: metadataSchema.shape.tenant }),
    facts: z.optional(z.unknown()),
    data: z.optional(z.unknown()),
  }),
});

/**
 * Reads an EventBridge event from a queue. Other systems also publish events; one without an ID or time has those of EventBridge, as in the history.
 *
 * @throws PoisonMessage when the body is not an event of a pipeline.
 */
export function readWebhookEvent(body: string): WebhookEvent {
  const { id, time, 'detail-type': type, detail: { metadata, facts, data } } = parseMessage(body, busEventSchema);
  const hasOwnMetadata = metadata.eventType === undefined || metadata.eventType === type;
  const eventId = [hasOwnMetadata ? metadata.eventId : undefined, id].find(isPrintableId);
  const occurredAt = utcTime(metadata.occurredAt) ?? utcTime(time);
  if (eventId === undefined) throw new PoisonMessage('the event has no valid ID in metadata.eventId or from EventBridge');
  if (occurredAt === undefined) throw new PoisonMessage('the event has no valid time in metadata.occurredAt or from EventBridge');
  const { orderId, tenant } = metadata;
  return {
    eventId,
    type,
    occurredAt,
    ...(tenant === undefined ? {} : { tenant }),
    ...(orderId === undefined ? {} : { orderId, orderKey: orderKey({ orderId, tenant }) }),
    metadata,
    facts: isObject(facts) ? facts : {},
    data,
  };
}
