import * as z from 'zod/mini';
import { historyListKey } from './history-list-key';
import { metadataSchema } from '../events/event';
import { utcTime } from '../json/utc-time';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { orderKey, type OrderKey } from '../orders/order-identity';
import { isPrintableId } from '../telemetry/id-formats';

/** Why the history does not contain the metadata and data of an event, and their size as JSON in UTF-8. */
export interface OmittedContents {
  /** `TOO_LARGE`: an item has at most 400 KB. `NOT_STORABLE`: they nest deeper than 32 levels, or contain a number beyond 2^53. */
  readonly reason: 'TOO_LARGE' | 'NOT_STORABLE';
  readonly bytes: number;
}

/** An event in the history table. */
export interface HistoryRecord {
  readonly orderId: OrderKey;
  readonly eventId: string;
  /** In UTC with milliseconds. */
  readonly occurredAt: string;
  /** The sort key of the index by time. */
  readonly listKey: string;
  readonly type: string;
  /** `metadata`, `facts` and `data` are stored as published. Events of other systems may have any content. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The facts of the order, if the event has any. */
  readonly facts?: unknown;
  readonly data?: unknown;
  /** Present if the contents could not be stored. */
  readonly omitted?: OmittedContents;
  /** Unix time in seconds; absent if events never expire. */
  readonly expiresAt?: number;
}

const busEventSchema = z.object({
  'id': z.optional(z.unknown()),
  'time': z.optional(z.unknown()),
  'detail-type': z.string().check(z.minLength(1), z.maxLength(128)),
  'detail': z.object({ metadata: z.looseObject({ orderId: metadataSchema.shape.orderId, tenant: metadataSchema.shape.tenant }), facts: z.optional(z.unknown()), data: z.optional(z.unknown()) }),
});

/**
 * Converts an EventBridge event from a queue to a history record. Other systems also publish events; if one has no ID or time, the record
 * uses those of EventBridge.
 *
 * @param retention seconds until the record expires.
 * @throws PoisonMessage when the body is not an event about an order.
 */
export function historyRecord(body: string, now: Date, retention?: number): HistoryRecord {
  const { id, time, 'detail-type': type, detail: { metadata, facts, data } } = parseMessage(body, busEventSchema);
  // A system that copies the metadata of another event also copies its ID.
  const hasOwnMetadata = metadata.eventType === undefined || metadata.eventType === type;
  const eventId = [hasOwnMetadata ? metadata.eventId : undefined, id].find(isPrintableId);
  const occurredAt = utcTime(metadata.occurredAt) ?? utcTime(time);
  if (eventId === undefined) throw new PoisonMessage('the event has no valid ID in metadata.eventId or from EventBridge');
  if (occurredAt === undefined) throw new PoisonMessage('the event has no valid time in metadata.occurredAt or from EventBridge');
  return {
    orderId: orderKey(metadata),
    eventId,
    occurredAt,
    listKey: historyListKey({ eventId, occurredAt, metadata }),
    type,
    metadata,
    ...(facts === undefined ? {} : { facts }),
    ...(data === undefined ? {} : { data }),
    ...(retention === undefined ? {} : { expiresAt: Math.floor(now.getTime() / 1000) + retention }),
  };
}
