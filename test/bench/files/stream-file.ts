import { createReadStream } from 'node:fs';

/** The file as all methods read it: from disk, 64 KiB at a time. */
export const streamFile = (path: string, start = 0): AsyncIterable<Buffer> => createReadStream(path, { start, highWaterMark: 64 * 1024 });
