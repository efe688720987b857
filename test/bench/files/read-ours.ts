import { CSV_FORMAT } from './csv-rows';
import { streamFile } from './stream-file';
import { readOrderFile, type OrderFileFormat, type OrderFileLimits, type RawOrder } from '../../../handlers/shared/order-file';

/** Limits above any size of the benchmark. */
export const LIMITS: OrderFileLimits = { maxFileSize: 1e12, maxOrderSize: 256 * 1024, maxOrders: 1e9, csv: CSV_FORMAT };

/** Reads a file in parts with the reader of the handlers. */
export async function readOurs(path: string, take: (orders: RawOrder[], format: OrderFileFormat) => void) {
  let orders = 0;
  let bytes = 0;
  for await (const part of readOrderFile((from) => streamFile(path, from), LIMITS)) {
    take(part.orders, part.next.format);
    orders = part.next.index;
    bytes = part.next.offset;
  }
  return { orders, bytes };
}
