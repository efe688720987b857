import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What is wrong with the compressed bytes. */
export class GzipError extends Error {}

/**
 * Inflates as much as is asked for, so that a small file that inflates to a huge one takes no memory. Members that follow each
 * other are one file. What goes wrong while the bytes are fetched is thrown as it is.
 *
 * @throws GzipError when the bytes are corrupt, end too early, or go on after the end.
 */
export async function* gunzip(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const inflater = createGunzip({ chunkSize: 64 * 1024 });
  let given = 0;
  const counted = async function* () {
    for await (const chunk of stored) {
      given += chunk.length;
      yield chunk;
    }
  };
  // The error, if there is one, arrives by the iteration below.
  pipeline(Readable.from(counted(), { objectMode: false }), inflater, () => undefined);
  try {
    for await (const chunk of inflater) yield chunk as Buffer;
  } catch (error) {
    throw isZlibError(error) ? new GzipError((error as Error).message) : error;
  }
  if (inflater.bytesWritten < given) throw new GzipError('bytes follow its end');
}

const isZlibError = (error: unknown): boolean => String((error as NodeJS.ErrnoException).code).startsWith('Z_');
