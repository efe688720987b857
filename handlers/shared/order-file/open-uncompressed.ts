import { gunzip } from './gunzip';
import type { OrderFileEncoding, OrderFilePosition } from './order-file-position';

/** Reads the stored bytes from a byte offset to the end. */
export type OpenOrderFile = (from: number) => AsyncIterable<Uint8Array>;

/** The uncompressed bytes, and the encoding of the stored file. */
export interface UncompressedFile {
  readonly encoding: OrderFileEncoding;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Opens a file at the position where reading resumes. Gzip cannot be read from the middle, so it is inflated and skipped up to there. */
export async function openUncompressed(open: OpenOrderFile, resumeAt?: OrderFilePosition): Promise<UncompressedFile> {
  if (resumeAt?.encoding === 'identity') return { encoding: 'identity', bytes: open(resumeAt.offset) };
  if (resumeAt) return { encoding: 'gzip', bytes: skip(gunzip(open(0)), resumeAt.offset) };
  const { isGzip, bytes } = await detectGzip(open(0));
  return isGzip ? { encoding: 'gzip', bytes: gunzip(bytes) } : { encoding: 'identity', bytes };
}

/** Detects gzip by its first two bytes, which cannot start a JSON text. */
async function detectGzip(stored: AsyncIterable<Uint8Array>): Promise<{ isGzip: boolean; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = stored[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await iterator.next();
    if (done) break;
    head.push(value);
    first = Buffer.concat([first, value.subarray(0, 2)]);
  }
  return { isGzip: first.length >= 2 && first.readUInt16BE(0) === 0x1f8b, bytes: concat(head, iterator) };
}

async function* concat(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // A reader that stops early must also stop the download.
    await rest.return?.();
  }
}

async function* skip(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of bytes) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
