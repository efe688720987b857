import * as z from 'zod/mini';
import { historyListKey } from './history-list-key';
import { identifyEvent, type EventIdentity } from './identify-event';
import { metadataSchema, type OrderEvent } from '../events/event';
import { parseMessage } from '../messaging/parse-message';
import { eventIdFor } from '../orders/ids';
import { orderKey, type OrderKey } from '../orders/order-identity';

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
  /** The sort key, which begins with the time. */
  readonly listKey: string;
  readonly type: string;
  /** `metadata`, `facts` and `data` are as published. Events of other systems may have any content. */
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

type EventDetail = z.infer<typeof busEventSchema>['detail'];

/**
 * Converts an EventBridge event from a queue to a history record. Other systems also publish events; if one has no ID or time, the record
 * uses those of EventBridge.
 *
 * @param retention seconds until the record expires.
 * @throws PoisonMessage when the body is not an event about an order.
 */
export function historyRecord(body: string, now: Date, retention?: number): HistoryRecord {
  const event = parseMessage(body, busEventSchema);
  const { 'detail-type': type, detail } = event;
  return createRecord(type, detail, identifyEvent(event), now, retention);
}

/** Converts an event of the pipeline, before it is published, to the same record. */
export const ownHistoryRecord = ({ type, metadata, facts, data }: OrderEvent, pipeline: string, now: Date, retention?: number): HistoryRecord =>
  createRecord(type, { metadata: { ...metadata, pipeline }, facts, data }, metadata, now, retention);

function createRecord(
  type: string, { metadata, facts, data }: EventDetail, { eventId, occurredAt }: EventIdentity, now: Date, retention?: number,
): HistoryRecord {
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

/**
 * Whether an event has the same time whenever it is published: the pipeline derives it from a command with a sequence number. Other systems may
 * publish an event again with its ID and another time.
 */
export const hasFixedTime = ({ orderId, eventId, type, metadata: { commandId, sequence } }: HistoryRecord): boolean =>
  Number(sequence) > 0 && eventIdFor(type, orderId, String(commandId)) === eventId;
