import * as z from 'zod/mini';
import { utcTime } from '../json/utc-time';
import { parseMessage } from '../messaging/parse-message';
import { PoisonMessage } from '../messaging/poison-message';
import { ORDER_ID_PATTERN } from '../orders/ids';
import { isPrintableId } from '../telemetry/printable-id';

/** An event in the history table. */
export interface HistoryRecord {
  readonly orderId: string;
  readonly eventId: string;
  /** In UTC, with milliseconds: the index by time compares it as text. */
  readonly occurredAt: string;
  readonly type: string;
  /** `metadata` and `data` are as they were said; other systems may say anything. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  /** Unix seconds; left out where events are kept for ever. */
  readonly expiresAt?: number;
}

const busEventSchema = z.object({
  'id': z.optional(z.unknown()),
  'time': z.optional(z.unknown()),
  'detail-type': z.string().check(z.minLength(1), z.maxLength(128)),
  'detail': z.object({ metadata: z.looseObject({ orderId: z.string().check(z.regex(ORDER_ID_PATTERN)) }), data: z.optional(z.unknown()) }),
});

/**
 * Reads an event that an EventBridge rule put into a queue, as it is kept. Other systems say events, too: where one lacks an id or a
 * time, it has those that EventBridge gave it.
 *
 * @param retention how long it is kept, in seconds.
 * @throws PoisonMessage when the body is no event about an order.
 */
export function historyRecord(body: string, now: Date, retention?: number): HistoryRecord {
  const { id, time, 'detail-type': type, detail: { metadata, data } } = parseMessage(body, busEventSchema);
  // Who copies the metadata of another event has copied its id, too.
  const isItsOwn = metadata.eventType === undefined || metadata.eventType === type;
  const eventId = [isItsOwn ? metadata.eventId : undefined, id].find(isPrintableId);
  const occurredAt = utcTime(metadata.occurredAt) ?? utcTime(time);
  if (eventId === undefined) throw new PoisonMessage('the event has no id: neither metadata.eventId nor one of EventBridge');
  if (occurredAt === undefined) throw new PoisonMessage('the event has no time: neither metadata.occurredAt nor one of EventBridge');
  return {
    orderId: metadata.orderId,
    eventId,
    occurredAt,
    type,
    metadata,
    ...(data === undefined ? {} : { data }),
    ...(retention === undefined ? {} : { expiresAt: Math.floor(now.getTime() / 1000) + retention }),
  };
}
