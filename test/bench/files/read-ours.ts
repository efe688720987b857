import { streamFile } from './stream-file';
import { readOrderFile, type OrderFileFormat, type RawOrder } from '../../../handlers/shared/order-file';

/** Wide enough for any size. */
export const LIMITS = { maxFileSize: 1e12, maxOrderSize: 256 * 1024, maxOrders: 1e9 };

/** Reads a file part by part with the reader that is shipped. */
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
