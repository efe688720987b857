import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An error in the compressed bytes. */
export class GzipError extends Error {}

/**
 * Inflates gzip only as fast as it is read, so that a small file that inflates to a huge one takes no memory. Consecutive members form one
 * file. Errors of `stored` are rethrown unchanged.
 *
 * @throws GzipError when the bytes are corrupt, end too early, or continue after the end.
 */
export async function* gunzip(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const inflater = createGunzip({ chunkSize: 64 * 1024 });
  let size = 0;
  const counted = async function* () {
    for await (const chunk of stored) {
      size += chunk.length;
      yield chunk;
    }
  };
  // Errors reach the iteration below.
  pipeline(Readable.from(counted(), { objectMode: false }), inflater, () => undefined);
  try {
    for await (const chunk of inflater) yield chunk as Buffer;
  } catch (error) {
    throw isZlibError(error) ? new GzipError((error as Error).message) : error;
  }
  if (inflater.bytesWritten < size) throw new GzipError('it has bytes after its end');
}

const isZlibError = (error: unknown): boolean => String((error as NodeJS.ErrnoException).code).startsWith('Z_');
