import type { OrderFilePart, OrderFilePosition } from '../order-file';
import type { FileRecord } from './file-record';
import { orderEntries, type OrderEntry } from './order-entry';

/** What is sent before it is written down that it was; a crash makes this much be sent again, as the same commands. */
export interface ExtractionWindow {
  readonly entries: readonly OrderEntry[];
  /** Where reading goes on after them. */
  readonly next: OrderFilePosition;
}

const LIMIT = { orders: 500, bytes: 4 * 1024 * 1024 };

/** Gathers the orders of a file that are to be sent, window by window. A window ends early when the time is up. */
export async function* extractionWindows(
  file: FileRecord, parts: AsyncIterable<OrderFilePart>, sends: (index: number) => boolean, timeIsUp: () => boolean,
): AsyncGenerator<ExtractionWindow> {
  const toEntry = orderEntries(file);
  let entries: OrderEntry[] = [];
  let bytes = 0;
  let end: OrderFilePosition | undefined;
  for await (const { orders, next } of parts) {
    for (const raw of orders) {
      if (!sends(raw.index)) continue;
      entries.push(toEntry(raw));
      bytes += raw.bytes.length;
    }
    end = next;
    if (entries.length < LIMIT.orders && bytes < LIMIT.bytes && !timeIsUp()) continue;
    yield { entries, next };
    [entries, bytes, end] = [[], 0, undefined];
  }
  if (end) yield { entries, next: end };
}
