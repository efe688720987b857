import { isWhitespace, NEWLINE } from './json-bytes';
import { OrderCollector } from './order-collector';
import type { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFileLocation } from './order-file-position';
import { ValueBuffer } from './value-buffer';

/** Splits NDJSON, one order per line. It skips blank lines, and white space around an order. */
export class LineSplitter {
  readonly orders: OrderCollector;
  failure?: OrderFileError;
  private readonly bytes: ValueBuffer;
  /** The start of the order on this line. */
  private start?: OrderFileLocation;
  private offset: number;
  line: number;

  constructor(private readonly limits: OrderFileLimits, at: OrderFileLocation, index: number) {
    this.orders = new OrderCollector(limits, index);
    // One byte more than an order, for a carriage return before the line feed.
    this.bytes = new ValueBuffer(limits.maxOrderSize + 1);
    this.offset = at.offset;
    this.line = at.line;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.failure) {
      if (!this.start) {
        at = this.begin(chunk, at);
        continue;
      }
      const newline = chunk.indexOf(NEWLINE, at);
      if (newline < 0) {
        this.bytes.append(chunk.subarray(at));
        break;
      }
      this.finish(chunk.subarray(at, newline), { offset: this.offset + newline + 1, line: ++this.line });
      at = newline + 1;
    }
    this.offset += chunk.length;
  }

  end(): void {
    if (this.start && !this.failure) this.finish(Buffer.alloc(0), { offset: this.offset, line: this.line });
  }

  /** Skips white space. Returns the index of the next order, or the chunk's length. */
  private begin(chunk: Buffer, from: number): number {
    let at = from;
    for (; at < chunk.length && isWhitespace(chunk[at]); at++) {
      if (chunk[at] === NEWLINE) this.line++;
    }
    if (at < chunk.length) {
      this.start = { offset: this.offset + at, line: this.line };
      this.failure = this.orders.checkCount(this.start);
    }
    return at;
  }

  private finish(last: Buffer, end: OrderFileLocation): void {
    const bytes = trimEnd(this.bytes.finish(last));
    this.orders.add(this.start!, bytes && bytes.length <= this.limits.maxOrderSize ? bytes : undefined, end);
    this.start = undefined;
  }
}

function trimEnd(bytes: Buffer | undefined): Buffer | undefined {
  let length = bytes?.length ?? 0;
  while (length > 0 && isWhitespace(bytes![length - 1])) length--;
  return bytes?.subarray(0, length);
}
