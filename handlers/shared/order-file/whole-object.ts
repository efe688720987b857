import type { OrderCollector } from './order-collector';
import type { OrderFileLocation } from './order-file-position';
import { ValueBuffer } from './value-buffer';

/** Keeps the bytes of an object that may be an order, up to the maximum size of one. */
export class WholeObject {
  private readonly start: OrderFileLocation;
  private end?: OrderFileLocation;
  private readonly bytes: ValueBuffer;

  constructor({ offset, line }: OrderFileLocation, maxSize: number) {
    this.start = { offset, line };
    this.bytes = new ValueBuffer(maxSize);
  }

  /** Ends the object with the bracket at `location`. It is an order. */
  close({ offset, line }: OrderFileLocation): void {
    this.end = { offset: offset + 1, line };
  }

  /** Appends a chunk, which starts at `offset`. Adds the order if it is complete, and returns whether it is. */
  push(chunk: Buffer, offset: number, orders: OrderCollector): boolean {
    if (this.end) {
      const bytes = this.bytes.finish(chunk.subarray(0, this.end.offset - offset));
      orders.add(this.start, bytes, this.end, 'the object has no array "orders" and is therefore one order: ');
    } else {
      this.bytes.append(chunk);
    }
    return this.end !== undefined;
  }
}
