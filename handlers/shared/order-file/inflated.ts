import { gunzip } from './gunzip';
import type { OrderFileEncoding } from './order-file-position';
import { peek } from './peek';

/** The uncompressed bytes, and the encoding of the stored file. */
export interface UncompressedFile {
  readonly encoding: OrderFileEncoding;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The first two bytes of gzip, which cannot start a text. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Inflates a file from its start, if it begins as gzip does. */
export async function inflated(stored: AsyncIterable<Uint8Array>): Promise<UncompressedFile> {
  const { head, bytes } = await peek(stored, GZIP.length);
  return head.equals(GZIP) ? { encoding: 'gzip', bytes: gunzip(bytes) } : { encoding: 'identity', bytes };
}
