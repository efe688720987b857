import type { EventData, EventMetadata, EventOf } from './event';
import { totalPartsOf } from './total-parts';
import { SCHEMA_VERSION, type EventType } from '../../../src/private/contract';
import { eventIdFor } from '../orders/ids';
import type { OrderFacts } from '../orders/order-facts';
import { orderKey, tenantField } from '../orders/order-identity';

/** The metadata that an event inherits from the command or event that led to it. */
export type EventCause = Pick<EventMetadata, 'orderId' | 'tenant' | 'commandId' | 'sequence' | 'previousAt' | 'correlationId' | 'causationId' | 'channel'>;

/** What an event does not inherit from its cause. */
interface OwnContents extends Partial<Pick<EventMetadata, 'version' | 'occurredAt'>> {
  /** The facts of the order, as far as they are known. */
  readonly facts?: OrderFacts;
}

/** Creates an event. `version` defaults to 0 (not stored yet), `occurredAt` to now. */
export function createEvent<Type extends EventType>(
  type: Type,
  cause: EventCause,
  data: EventData[Type],
  { version = 0, occurredAt = new Date().toISOString(), facts = {} }: OwnContents = {},
): EventOf<Type> {
  const metadata: EventMetadata = {
    eventId: eventIdFor(type, orderKey(cause), cause.commandId),
    eventType: type,
    schemaVersion: SCHEMA_VERSION,
    orderId: cause.orderId,
    ...tenantField(cause),
    version,
    commandId: cause.commandId,
    sequence: cause.sequence,
    ...(cause.previousAt ? { previousAt: cause.previousAt } : {}),
    correlationId: cause.correlationId,
    causationId: cause.causationId,
    occurredAt,
    channel: cause.channel,
  };
  return { type, metadata, facts: { ...facts, ...totalPartsOf(facts) }, data };
}
