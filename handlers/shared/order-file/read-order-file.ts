import { GzipError } from './gunzip';
import type { UncompressedFile } from './inflated';
import { type OpenOrderFile, openUncompressed } from './open-uncompressed';
import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFilePart, RawOrder } from './order-file-part';
import type { OrderFileEncoding, OrderFilePosition } from './order-file-position';
import { OrderFileSplitter } from './order-file-splitter';

/** Larger chunks are divided, so that each part of a file stays small. */
const MAX_CHUNK = 64 * 1024;

/**
 * Reads a file of orders as a stream, from its start or from `resumeAt`. Its memory does not grow with the file.
 *
 * `open` reads the stored bytes from a byte offset: `resumeAt.offset` for an uncompressed file (the file's size when nothing follows the last
 * order), and 0 for a new or gzip file. Its chunks must not be modified afterwards. A file without orders has no parts.
 *
 * @throws OrderFileError when the rest of the file cannot be read, after the parts before the error. Errors of `open` are rethrown unchanged.
 */
export async function* readOrderFile(open: OpenOrderFile, limits: OrderFileLimits, resumeAt?: OrderFilePosition): AsyncGenerator<OrderFilePart> {
  const splitter = new OrderFileSplitter(limits, resumeAt);
  const { encoding, bytes } = await openUncompressed(open, resumeAt);
  let offset = resumeAt?.offset ?? 0;
  try {
    for await (const chunk of smallChunks(bytes)) {
      const remaining = Math.max(0, limits.maxFileSize - offset);
      offset += Math.min(chunk.length, remaining);
      yield* partOf(splitter.push(chunk.subarray(0, remaining)), splitter, encoding);
      if (splitter.failure) throw splitter.failure;
      if (chunk.length > remaining) throw new OrderFileError('FILE_TOO_LARGE', `the file has more than ${limits.maxFileSize} bytes`, { offset, line: splitter.line });
    }
  } catch (error) {
    throw error instanceof GzipError ? new OrderFileError('INVALID_GZIP', `the file is not valid gzip: ${error.message}`, { offset, line: splitter.line }) : error;
  }
  yield* partOf(splitter.end(), splitter, encoding);
  if (splitter.failure) throw splitter.failure;
}

async function* smallChunks(bytes: UncompressedFile['bytes']): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += MAX_CHUNK) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset + at, Math.min(MAX_CHUNK, chunk.length - at));
    }
  }
}

function* partOf(orders: RawOrder[], splitter: OrderFileSplitter, encoding: OrderFileEncoding): Generator<OrderFilePart> {
  if (orders.length > 0) yield { orders, next: { encoding, ...splitter.next } };
}
