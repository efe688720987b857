import { gunzip } from './gunzip';
import type { OrderFileEncoding, OrderFilePosition } from './order-file-position';

/** Gives the stored bytes from a byte offset on. */
export type OpenOrderFile = (from: number) => AsyncIterable<Uint8Array>;

/** The uncompressed bytes, and how the file is stored. */
export interface StoredBytes {
  readonly encoding: OrderFileEncoding;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Opens a file where reading goes on. Gzip has no places to go on from: it is inflated again and passed over. */
export async function openStored(open: OpenOrderFile, resumeAt?: OrderFilePosition): Promise<StoredBytes> {
  if (resumeAt?.encoding === 'identity') return { encoding: 'identity', bytes: open(resumeAt.offset) };
  if (resumeAt) return { encoding: 'gzip', bytes: skip(gunzip(open(0)), resumeAt.offset) };
  const { isGzip, bytes } = await recognise(open(0));
  return isGzip ? { encoding: 'gzip', bytes: gunzip(bytes) } : { encoding: 'identity', bytes };
}

/** By the first two bytes, which no JSON text begins with. */
async function recognise(stored: AsyncIterable<Uint8Array>): Promise<{ isGzip: boolean; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = stored[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await iterator.next();
    if (done) break;
    head.push(value);
    first = Buffer.concat([first, value.subarray(0, 2)]);
  }
  return { isGzip: first.length >= 2 && first.readUInt16BE(0) === 0x1f8b, bytes: chain(head, iterator) };
}

async function* chain(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops early, stops the fetching, too.
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
