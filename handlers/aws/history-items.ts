import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { withoutContents, withoutRepeated, type HistoryRecord } from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { itemSize } from './item-size';

/** DynamoDB's limit is 400 KB for an item. */
const MAX_ITEM_BYTES = 400 * 1024;
/** What one write unit writes. */
const WRITE_UNIT_BYTES = 1024;
/** Contents have a few kilobytes: a smaller window and less memory are faster, and compress them as well. */
const COMPRESSION = { windowBits: 12, memLevel: 5 };

/**
 * Converts a record to an item of the history table. The contents of one that takes more than a write unit are compressed: an order of a few kilobytes
 * takes one then.
 *
 * @throws RangeError when the contents have a number that DynamoDB cannot store.
 */
export function toHistoryItem(record: HistoryRecord): Attributes {
  const shortened = withoutRepeated(record);
  const item = toAttributes(shortened);
  if (itemSize(item) <= WRITE_UNIT_BYTES) return item;
  const compressed = withCompressedContents(shortened);
  return itemSize(compressed) <= MAX_ITEM_BYTES ? compressed : toAttributes(withoutContents(record, 'TOO_LARGE'));
}

/** Converts an item of the history table to a record. */
export function fromHistoryItem({ contents, ...item }: Attributes): HistoryRecord {
  const record = fromAttributes(item) as unknown as HistoryRecord;
  return contents?.B ? { ...record, ...readContents(contents.B) } : record;
}

/** Reads the compressed contents of an item. */
export const readContents = (contents: Uint8Array): Pick<HistoryRecord, 'metadata' | 'facts' | 'data'> => JSON.parse(inflateRawSync(contents).toString());

const withCompressedContents = ({ metadata, facts, data, ...keys }: HistoryRecord): Attributes =>
  ({ ...toAttributes(keys), contents: { B: deflateRawSync(JSON.stringify({ metadata, facts, data }), COMPRESSION) } });
