import { isWhitespace, NEWLINE } from './json-bytes';
import type { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFilePlace } from './order-file-position';
import { OrderSink } from './order-sink';
import { ValueBytes } from './value-bytes';

/** Splits a file that has one order on each line. Blank lines, and white space around an order, are passed over. */
export class LineSplitter {
  readonly sink: OrderSink;
  failure?: OrderFileError;
  private readonly bytes: ValueBytes;
  /** Where the order on this line begins. */
  private start?: OrderFilePlace;
  private offset: number;
  line: number;

  constructor(private readonly limits: OrderFileLimits, at: OrderFilePlace, index: number) {
    this.sink = new OrderSink(limits, index);
    // One byte more than an order: the carriage return before the line feed is not part of it.
    this.bytes = new ValueBytes(limits.maxOrderSize + 1);
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
        this.bytes.add(chunk.subarray(at));
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

  /** Passes over white space; where the next order begins, or the chunk's end. */
  private begin(chunk: Buffer, from: number): number {
    let at = from;
    for (; at < chunk.length && isWhitespace(chunk[at]); at++) {
      if (chunk[at] === NEWLINE) this.line++;
    }
    if (at < chunk.length) {
      this.start = { offset: this.offset + at, line: this.line };
      this.failure = this.sink.refuse(this.start);
    }
    return at;
  }

  private finish(last: Buffer, end: OrderFilePlace): void {
    const bytes = trimEnd(this.bytes.finish(last));
    this.sink.add(this.start!, bytes && bytes.length <= this.limits.maxOrderSize ? bytes : undefined, end);
    this.start = undefined;
  }
}

function trimEnd(bytes: Buffer | undefined): Buffer | undefined {
  let length = bytes?.length ?? 0;
  while (length > 0 && isWhitespace(bytes![length - 1])) length--;
  return bytes?.subarray(0, length);
}
