import type { EventData, EventMetadata, EventOf } from './event';
import { orderTotalOf } from './order-total';
import { SCHEMA_VERSION, type EventType } from '../../../src/private/contract';
import { eventIdFor } from '../orders/ids';

/** The metadata that an event inherits from the command or event that led to it. */
export type EventCause = Pick<EventMetadata, 'orderId' | 'commandId' | 'sequence' | 'previousAt' | 'correlationId' | 'causationId' | 'channel'>;

/** Creates an event. `version` defaults to 0 (not stored yet), `occurredAt` to now. */
export function createEvent<Type extends EventType>(
  type: Type,
  cause: EventCause,
  data: EventData[Type],
  at: Partial<Pick<EventMetadata, 'version' | 'occurredAt'>> = {},
): EventOf<Type> {
  const orderTotal = orderTotalOf(data);
  const metadata: EventMetadata = {
    eventId: eventIdFor(type, cause.orderId, cause.commandId),
    eventType: type,
    schemaVersion: SCHEMA_VERSION,
    orderId: cause.orderId,
    version: at.version ?? 0,
    commandId: cause.commandId,
    sequence: cause.sequence,
    ...(cause.previousAt ? { previousAt: cause.previousAt } : {}),
    correlationId: cause.correlationId,
    causationId: cause.causationId,
    occurredAt: at.occurredAt ?? new Date().toISOString(),
    channel: cause.channel,
    ...(orderTotal ? { orderTotal } : {}),
  };
  return { type, metadata, data };
}
