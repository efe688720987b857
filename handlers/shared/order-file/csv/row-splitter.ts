import { NEWLINE, QUOTE } from '../json-bytes';
import { OrderFileError } from '../order-file-error';
import type { OrderFileLocation } from '../order-file-position';
import { ValueBuffer } from '../value-buffer';

const CARRIAGE_RETURN = 0x0d;

/** A row without its line ending. */
export interface CsvRow extends OrderFileLocation {
  readonly bytes: Buffer;
}

/** Splits CSV into rows, in chunks of any size. A line break between quotes does not end a row. It skips blank lines. */
export class RowSplitter {
  failure?: OrderFileError;
  /** The location after the last row, or of the end of the file. */
  end: OrderFileLocation;
  private isQuoted = false;
  private offset: number;
  private line: number;
  private readonly bytes: ValueBuffer;

  /** A row has at most `maxSize` bytes. */
  constructor(at: OrderFileLocation, private readonly maxSize: number) {
    this.offset = at.offset;
    this.line = at.line;
    this.end = { offset: at.offset, line: at.line };
    this.bytes = new ValueBuffer(maxSize);
  }

  /** Calls `take` with each row that the chunk completes, until there is a failure. */
  push(chunk: Buffer, take: (row: CsvRow) => OrderFileError | undefined): void {
    let from = 0;
    let quote = chunk.indexOf(QUOTE);
    for (let search = 0; !this.failure;) {
      const newline = chunk.indexOf(NEWLINE, search);
      const stop = newline < 0 ? chunk.length : newline;
      for (; quote >= 0 && quote < stop; quote = chunk.indexOf(QUOTE, quote + 1)) this.isQuoted = !this.isQuoted;
      if (this.offset + stop - this.end.offset > this.maxSize) this.failTooLarge();
      if (newline < 0) break;
      this.line++;
      search = newline + 1;
      if (this.isQuoted || this.failure) continue;
      this.finish(chunk.subarray(from, newline), this.offset + search, take);
      from = search;
    }
    this.bytes.append(chunk.subarray(from));
    this.offset += chunk.length;
  }

  /** Ends the file, whose last row may lack its line ending. */
  finishFile(take: (row: CsvRow) => OrderFileError | undefined): void {
    if (this.failure) return;
    const { offset, line } = this.end;
    if (this.isQuoted) {
      this.failure = new OrderFileError('TRUNCATED', `the file ends within quotes, in the row that starts at byte ${offset}, line ${line}`, { offset: this.offset, line: this.line });
    } else {
      this.finish(Buffer.alloc(0), this.offset, take);
    }
  }

  private finish(last: Buffer, end: number, take: (row: CsvRow) => OrderFileError | undefined): void {
    const joined = this.bytes.finish(last)!;
    const bytes = joined.at(-1) === CARRIAGE_RETURN ? joined.subarray(0, -1) : joined;
    if (bytes.length > 0) this.failure = take({ ...this.end, bytes });
    if (!this.failure) this.end = { offset: end, line: this.line };
  }

  private failTooLarge(): void {
    this.failure = new OrderFileError('ROW_TOO_LARGE', `a row has more than ${this.maxSize} bytes; a quote in it may not be closed`, this.end);
  }
}
