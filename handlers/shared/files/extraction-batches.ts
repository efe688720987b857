import type { OrderFilePart, OrderFilePosition } from '../order-file';
import type { FileRecord } from './file-record';
import { orderMessages, type OrderMessage } from './order-message';

/** The orders sent between two checkpoints. After a crash, at most one batch is sent again, as the same commands. */
export interface ExtractionBatch {
  readonly messages: readonly OrderMessage[];
  /** The position after the batch, for the checkpoint. */
  readonly next: OrderFilePosition;
}

const LIMIT = { orders: 500, bytes: 4 * 1024 * 1024 };

/** Groups the selected orders of a file into batches. A batch ends early when the time is up. */
export async function* extractionBatches(
  file: FileRecord, parts: AsyncIterable<OrderFilePart>, isSelected: (index: number) => boolean, timeIsUp: () => boolean,
): AsyncGenerator<ExtractionBatch> {
  const toMessage = orderMessages(file);
  let messages: OrderMessage[] = [];
  let bytes = 0;
  let end: OrderFilePosition | undefined;
  for await (const { orders, next } of parts) {
    for (const raw of orders) {
      if (!isSelected(raw.index)) continue;
      messages.push(toMessage(raw));
      bytes += raw.bytes.length;
    }
    end = next;
    if (messages.length < LIMIT.orders && bytes < LIMIT.bytes && !timeIsUp()) continue;
    yield { messages, next };
    [messages, bytes, end] = [[], 0, undefined];
  }
  if (end) yield { messages, next: end };
}
