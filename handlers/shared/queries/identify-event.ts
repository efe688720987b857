import { utcTime } from '../json/utc-time';
import { PoisonMessage } from '../messaging/errors';
import { isPrintableId } from '../telemetry/id-formats';

/** What identifies an event on the bus, and when it occurred. */
export interface EventIdentity {
  readonly eventId: string;
  /** In UTC with milliseconds. */
  readonly occurredAt: string;
}

/** The fields of an event on the bus that identify it. */
export interface IdentifiableEvent {
  readonly 'id'?: unknown;
  readonly 'time'?: unknown;
  readonly 'detail-type': string;
  readonly 'detail': { readonly metadata?: Readonly<Record<string, unknown>> };
}

/**
 * Identifies an event by its metadata. Other systems also publish events; if one has no ID or time of its own, those of EventBridge identify it.
 *
 * @throws PoisonMessage when it has neither.
 */
export function identifyEvent({ id, time, 'detail-type': type, detail: { metadata = {} } }: IdentifiableEvent): EventIdentity {
  // A system that copies the metadata of another event also copies its ID.
  const hasOwnMetadata = metadata.eventType === undefined || metadata.eventType === type;
  const eventId = [hasOwnMetadata ? metadata.eventId : undefined, id].find(isPrintableId);
  const occurredAt = utcTime(metadata.occurredAt) ?? utcTime(time);
  if (eventId === undefined) throw new PoisonMessage('the event has no valid ID in metadata.eventId or from EventBridge');
  if (occurredAt === undefined) throw new PoisonMessage('the event has no valid time in metadata.occurredAt or from EventBridge');
  return { eventId, occurredAt };
}
