import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import type { EventOf } from '../events/event';
import { digest } from '../orders/ids';
import { identityOf, type OrderKey } from '../orders/order-identity';

/** A message about an order that was moved. */
export interface MovedOfOrder {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly type?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
}

type QueueSummary = EventOf<'OrderRedriven'>['data']['queues'][number];

/** The maximum number of different reasons and types of a queue in an event, whose size is limited. */
const MAX_LISTED = 5;

/**
 * Creates the event for the messages about an order that were moved. Its ID is derived from the messages, so that the event is the same when it
 * is published again, and different when a message was moved again. The command and the correlation are those of the first message.
 */
export function orderRedrivenEvent(orderId: OrderKey, moved: readonly MovedOfOrder[], requestedBy?: string): EventOf<'OrderRedriven'> {
  const [{ id, commandId = id, correlationId = commandId }] = moved;
  const cause = { ...identityOf(orderId), commandId, sequence: 0, correlationId, causationId: id, channel: CHANNEL.BUS };
  const queues = [...Map.groupBy(moved, ({ queue }) => queue)].map(([queue, ofQueue]) => summaryOf(queue, ofQueue));
  const data = { messages: moved.length, queues, ...(requestedBy === undefined ? {} : { requestedBy }) };
  const { metadata, ...event } = createEvent(EVENT_TYPE.ORDER_REDRIVEN, cause, data);
  const messages = moved.map((message) => `${message.queue} ${message.id}`).sort();
  return { ...event, metadata: { ...metadata, eventId: digest(['redriven', ...messages]).slice(0, 32) } };
}

function summaryOf(queue: string, moved: readonly MovedOfOrder[]): QueueSummary {
  const types = distinct(moved.flatMap(({ type }) => type ?? []));
  return { queue, messages: moved.length, reasons: distinct(moved.map(({ reason }) => reason)), ...(types.length > 0 ? { types } : {}) };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].slice(0, MAX_LISTED);
