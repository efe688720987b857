import type { HistoryRecord, OmittedContents } from './history-record';
import { EVENT_TYPE } from '../../../src/private/contract';
import type { Caller } from '../http/caller';
import { isPrintableId } from '../telemetry/id-formats';

/** The metadata fields in responses, with their types. A field of another type, as events of other systems can have, is omitted. */
const SHOWN_METADATA = {
  version: 'number', sequence: 'number', commandId: 'string', correlationId: 'string', causationId: 'string', channel: 'string',
} as const;

/** Returns the metadata fields that responses contain. */
export const shownMetadata = (metadata: HistoryRecord['metadata']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(SHOWN_METADATA).filter(([name, kind]) => typeof metadata[name] === kind).map(([name]) => [name, metadata[name]]));

/**
 * Whether a caller may see an event in the history of an order that they may see. Other placements with the ID of the order, such as of files, may be of
 * other customers, and readers are not the business of customers.
 */
export function maySeeEvent({ customerId }: Pick<Caller, 'customerId'>, { type, facts }: HistoryRecord): boolean {
  if (customerId === undefined) return true;
  const { customerId: ofEvent = customerId } = (facts ?? {}) as { readonly customerId?: unknown };
  return ofEvent === customerId && type !== EVENT_TYPE.ORDER_READ;
}

/** Returns the record of an event whose contents DynamoDB cannot store. It keeps the short fields of its metadata. */
export function withoutContents({ metadata, facts, data, ...record }: HistoryRecord, reason: OmittedContents['reason']): HistoryRecord {
  const kept = Object.entries(shownMetadata(metadata)).filter(([, value]) => isPrintableId(value) || Number.isSafeInteger(value));
  const bytes = Buffer.byteLength(JSON.stringify({ metadata, facts, data }));
  return { ...record, metadata: Object.fromEntries(kept), omitted: { reason, bytes } };
}

/** Omits the fields of the metadata that have the same value elsewhere in the record. */
export function withoutRepeated(record: HistoryRecord): HistoryRecord {
  const { eventId, occurredAt, type, metadata } = record;
  const unless = (name: string, repeated: string): unknown => (metadata[name] === repeated ? undefined : metadata[name]);
  return {
    ...record,
    metadata: { ...metadata, eventId: unless('eventId', eventId), occurredAt: unless('occurredAt', occurredAt), eventType: unless('eventType', type) },
  };
}
