/** `JSON.parse` of the whole file, whose memory is proportional to the file. */
import { readFile } from 'node:fs/promises';
import { measure } from '../measure';

void measure((path) => ({
  run: async () => {
    const text = await readFile(path, 'utf8');
    return { orders: (JSON.parse(text) as unknown[]).length, bytes: Buffer.byteLength(text) };
  },
}));
