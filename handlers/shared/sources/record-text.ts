import { gunzipSync } from 'node:zlib';
import type { SourceRecord } from './source-record';
import { PoisonMessage } from '../messaging/errors';

/** A compressed value may have so many bytes, far more than the largest order, so that a small one cannot fill the memory. */
const MAX_INFLATED_SIZE = 4 * 1024 * 1024;

/**
 * The text of a record: UTF-8, which may be compressed with gzip.
 *
 * @throws PoisonMessage when the record has no such text.
 */
export function recordText({ value, unreadable }: SourceRecord): string {
  if (unreadable !== undefined) throw new PoisonMessage(unreadable);
  const bytes = value[0] === 0x1f && value[1] === 0x8b ? inflate(value) : value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PoisonMessage('the record is not UTF-8');
  }
}

function inflate(value: Uint8Array): Uint8Array {
  try {
    return gunzipSync(value, { maxOutputLength: MAX_INFLATED_SIZE });
  } catch {
    throw new PoisonMessage(`the record is not valid gzip, or has more than ${MAX_INFLATED_SIZE} bytes`);
  }
}
