import { GzipError } from './gunzip';
import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFilePart } from './order-file-part';
import type { OrderFileEncoding, OrderFilePosition } from './order-file-position';
import { OrderFileSplitter } from './order-file-splitter';
import type { RawOrder } from './raw-order';
import { type OpenOrderFile, openStored, type StoredBytes } from './stored-bytes';

/** So much is split at a time, however large the chunks are that the bytes come in: a part stays small. */
const WINDOW = 64 * 1024;

/**
 * Reads a file of orders as a stream: in memory that does not grow with it, and from where it was left.
 *
 * `open` gives the stored bytes from a byte offset on. It is called with 0 for a new or a gzip file, with `resumeAt.offset` for a
 * plain one (which is the file's size when nothing follows the last order). A chunk must not be overwritten once it was given.
 * A file without orders gives no part.
 *
 * @throws OrderFileError when the file cannot be read any further; the orders before that place were given. What `open` throws is
 * thrown as it is.
 */
export async function* readOrderFile(open: OpenOrderFile, limits: OrderFileLimits, resumeAt?: OrderFilePosition): AsyncGenerator<OrderFilePart> {
  const splitter = new OrderFileSplitter(limits, resumeAt);
  const { encoding, bytes } = await openStored(open, resumeAt);
  let offset = resumeAt?.offset ?? 0;
  try {
    for await (const window of windowsOf(bytes)) {
      const room = Math.max(0, limits.maxFileSize - offset);
      offset += Math.min(window.length, room);
      yield* partOf(splitter.push(window.subarray(0, room)), splitter, encoding);
      if (splitter.failure) throw splitter.failure;
      if (window.length > room) throw new OrderFileError('FILE_TOO_LARGE', `the file has more than ${limits.maxFileSize} bytes`, { offset, line: splitter.line });
    }
  } catch (error) {
    throw error instanceof GzipError ? new OrderFileError('INVALID_GZIP', `the file is not gzip: ${error.message}`, { offset, line: splitter.line }) : error;
  }
  yield* partOf(splitter.end(), splitter, encoding);
  if (splitter.failure) throw splitter.failure;
}

async function* windowsOf(bytes: StoredBytes['bytes']): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += WINDOW) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset + at, Math.min(WINDOW, chunk.length - at));
    }
  }
}

function* partOf(orders: RawOrder[], splitter: OrderFileSplitter, encoding: OrderFileEncoding): Generator<OrderFilePart> {
  if (orders.length > 0) yield { orders, next: { encoding, ...splitter.next } };
}
