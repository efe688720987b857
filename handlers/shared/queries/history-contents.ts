import type { HistoryRecord, OmittedContents } from './history-record';
import { isPrintableId } from '../telemetry/id-formats';

/** The metadata fields in responses, with their types. A field of another type, as events of other systems can have, is omitted. */
const SHOWN_METADATA = {
  version: 'number', sequence: 'number', commandId: 'string', correlationId: 'string', causationId: 'string', channel: 'string',
} as const;

/** Returns the metadata fields that responses contain. */
export const shownMetadata = (metadata: HistoryRecord['metadata']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(SHOWN_METADATA).filter(([name, kind]) => typeof metadata[name] === kind).map(([name]) => [name, metadata[name]]));

/** Returns the record of an event whose contents DynamoDB cannot store. It keeps the short fields of its metadata. */
export function withoutContents({ metadata, facts, data, ...record }: HistoryRecord, reason: OmittedContents['reason']): HistoryRecord {
  const kept = Object.entries(shownMetadata(metadata)).filter(([, value]) => isPrintableId(value) || Number.isSafeInteger(value));
  const bytes = Buffer.byteLength(JSON.stringify({ metadata, facts, data }));
  return { ...record, metadata: Object.fromEntries(kept), omitted: { reason, bytes } };
}
