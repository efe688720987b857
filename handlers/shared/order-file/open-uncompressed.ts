import { refuseForeignFormat, SIGNATURE_SIZE } from './foreign-format';
import { gunzip } from './gunzip';
import { inflated, type UncompressedFile } from './inflated';
import type { OrderFilePosition } from './order-file-position';
import { peek } from './peek';

/** Reads the stored bytes from a byte offset to the end. */
export type OpenOrderFile = (from: number) => AsyncIterable<Uint8Array>;

/** Opens a file at the position where reading resumes. Gzip cannot be read from the middle, so it is inflated and skipped up to there. */
export async function openUncompressed(open: OpenOrderFile, resumeAt?: OrderFilePosition): Promise<UncompressedFile> {
  if (resumeAt?.encoding === 'identity') return { encoding: 'identity', bytes: open(resumeAt.offset) };
  if (resumeAt) return { encoding: 'gzip', bytes: skip(gunzip(open(0)), resumeAt.offset) };
  const { encoding, bytes } = await inflated(open(0));
  return { encoding, bytes: withKnownFormat(bytes) };
}

async function* withKnownFormat(uncompressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, bytes, close } = await peek(uncompressed, SIGNATURE_SIZE);
  try {
    refuseForeignFormat(head);
    yield* bytes;
  } finally {
    await close();
  }
}

async function* skip(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of bytes) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
