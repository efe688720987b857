import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CSV_HEADER, csvRows } from './csv-rows';
import { sampleOrder } from './sample-orders';

const FOLDER = '.local/bench';
const BLOCK = 1000;

/** The same orders in all formats; in CSV, without their attributes. */
export interface OrderFiles {
  readonly array: string;
  readonly ndjson: string;
  readonly csv: string;
  readonly bytes: number;
  readonly orders: number;
}

/** Writes the files, of about `size` bytes each in JSON. */
export async function generateFiles(size: number): Promise<OrderFiles> {
  mkdirSync(FOLDER, { recursive: true });
  const paths = { array: join(FOLDER, `orders-${size}.json`), ndjson: join(FOLDER, `orders-${size}.ndjson`), csv: join(FOLDER, `orders-${size}.csv`) };
  const [array, ndjson, csv] = [openSync(paths.array, 'w'), openSync(paths.ndjson, 'w'), openSync(paths.csv, 'w')];
  writeSync(csv, `${CSV_HEADER.join(';')}\n`);
  let bytes = 0;
  let orders = 0;
  while (bytes < size) {
    const samples = Array.from({ length: BLOCK }, (_, n) => sampleOrder(orders + n));
    const block = samples.map((order) => JSON.stringify(order));
    bytes += writeSync(array, `${orders === 0 ? '[' : ','}${block.join(',')}`);
    writeSync(ndjson, `${block.join('\n')}\n`);
    writeSync(csv, samples.map(csvRows).join(''));
    orders += BLOCK;
  }
  bytes += writeSync(array, ']');
  for (const file of [array, ndjson, csv]) closeSync(file);
  return { ...paths, bytes, orders };
}
