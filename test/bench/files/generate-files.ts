import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sampleOrder } from './sample-orders';

const FOLDER = '.local/bench';
const BLOCK = 1000;

/** The same orders in both formats. */
export interface OrderFiles {
  readonly array: string;
  readonly ndjson: string;
  readonly bytes: number;
  readonly orders: number;
}

/** Writes both files, each of about `size` bytes. */
export async function generateFiles(size: number): Promise<OrderFiles> {
  mkdirSync(FOLDER, { recursive: true });
  const paths = { array: join(FOLDER, `orders-${size}.json`), ndjson: join(FOLDER, `orders-${size}.ndjson`) };
  const [array, ndjson] = [openSync(paths.array, 'w'), openSync(paths.ndjson, 'w')];
  let bytes = 0;
  let orders = 0;
  while (bytes < size) {
    const block = Array.from({ length: BLOCK }, (_, n) => JSON.stringify(sampleOrder(orders + n)));
    bytes += writeSync(array, `${orders === 0 ? '[' : ','}${block.join(',')}`);
    writeSync(ndjson, `${block.join('\n')}\n`);
    orders += BLOCK;
  }
  bytes += writeSync(array, ']');
  for (const file of [array, ndjson]) closeSync(file);
  return { ...paths, bytes, orders };
}
