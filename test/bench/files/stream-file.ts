import { createReadStream } from 'node:fs';

/** Reads a file from disk in chunks of 64 KiB, for all methods. */
export const streamFile = (path: string, start = 0): AsyncIterable<Buffer> => createReadStream(path, { start, highWaterMark: 64 * 1024 });
