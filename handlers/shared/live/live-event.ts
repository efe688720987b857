import * as z from 'zod/mini';
import { topicOf, type LiveTarget, type LiveTopic } from './live-target';
import { EVENT_TYPE, FILE_EVENT_TYPE, TENANT_PATTERN } from '../../../src/private/contract';
import { parseMessage } from '../messaging/parse-message';
import { FILE_ID_PATTERN } from '../orders/ids';
import { identityOf, type OrderKey } from '../orders/order-identity';
import { historyView } from '../queries/history-page';
import { historyRecord } from '../queries/history-record';

/** An event as clients see it: an event of an order as in `GET /orders/{orderId}/events`. */
export type LiveEventView = Readonly<Record<string, unknown>> & { readonly eventId: string };

/** An event with the targets that it is about. */
export interface LiveEvent {
  readonly targets: readonly { readonly target: LiveTarget; readonly topic: LiveTopic }[];
  /** Absent in events of files. */
  readonly orderKey?: OrderKey;
  /** The customer of the order, if the event has it. */
  readonly customerId?: string;
  readonly view: LiveEventView;
}

const fileEventSchema = z.object({
  'detail-type': z.enum(FILE_EVENT_TYPE),
  'detail': z.object({
    metadata: z.object({
      eventId: z.string(),
      occurredAt: z.string(),
      fileId: z.string().check(z.regex(FILE_ID_PATTERN)),
      tenant: z.optional(z.string().check(z.regex(TENANT_PATTERN))),
    }),
    data: z.record(z.string(), z.unknown()),
  }),
});

const FILE_EVENTS: readonly string[] = Object.values(FILE_EVENT_TYPE);

/**
 * Parses an event of the bus. Returns undefined for an event that clients do not get: who reads an order is not shown.
 *
 * @throws PoisonMessage when the body is not an event about an order or a file.
 */
export function liveEvent(body: string, now: Date): LiveEvent | undefined {
  const { 'detail-type': type } = parseMessage(body, z.object({ 'detail-type': z.string() }));
  if (type === EVENT_TYPE.ORDER_READ) return undefined;
  return FILE_EVENTS.includes(type) ? eventOfFile(body) : eventOfOrder(body, now);
}

function eventOfOrder(body: string, now: Date): LiveEvent {
  const record = historyRecord(body, now);
  const { orderId, tenant } = identityOf(record.orderId);
  const { customerId } = (record.facts ?? {}) as { readonly customerId?: unknown };
  const ofCustomer = typeof customerId === 'string' ? { customerId } : undefined;
  const targets = [{ orderId }, ...(ofCustomer ? [ofCustomer] : [])].map((target) => ({ target, topic: topicOf(target, tenant) }));
  const view = { ...identityOf(record.orderId), ...historyView(record), eventId: record.eventId };
  return { targets, orderKey: record.orderId, ...ofCustomer, view };
}

function eventOfFile(body: string): LiveEvent {
  const { 'detail-type': type, 'detail': { metadata: { fileId, tenant, eventId, occurredAt }, data } } = parseMessage(body, fileEventSchema);
  const view = { ...(tenant === undefined ? {} : { tenant }), fileId, eventId, type, occurredAt, data };
  return { targets: [{ target: { fileId }, topic: topicOf({ fileId }, tenant) }], view };
}
