import { FileStart } from './file-start';
import { JsonSplitter } from './json-splitter';
import { LineSplitter } from './line-splitter';
import type { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFileFormat, OrderFilePlace, OrderFilePosition } from './order-file-position';
import type { RawOrder } from './raw-order';

/** Orders on so many lines are orders on lines, even when the first of them is no JSON. */
const ENOUGH_LINES = 2;

/**
 * Splits an uncompressed file into its orders, in whatever chunks it comes.
 *
 * A file that begins with `{` is an object or has an order on each line. Until that is clear it is read as both; neither gives
 * away an order before it is.
 */
export class OrderFileSplitter {
  /** Why the file cannot be read any further. Orders found before that are given first. */
  failure?: OrderFileError;
  private start?: FileStart;
  private json?: JsonSplitter;
  private lines?: LineSplitter;

  constructor(private readonly limits: OrderFileLimits, resumeAt?: OrderFilePosition) {
    if (!resumeAt) this.start = new FileStart();
    else if (resumeAt.format === 'ndjson') this.lines = new LineSplitter(limits, resumeAt, resumeAt.index);
    else this.json = new JsonSplitter(resumeAt.format, limits, resumeAt, resumeAt);
  }

  /** The line that reading has come to. */
  get line(): number {
    return (this.json ?? this.lines ?? this.start!).line;
  }

  /** Just after the last order given. */
  get next(): OrderFilePlace & { format: OrderFileFormat; index: number } {
    const { sink } = (this.json ?? this.lines)!;
    return { ...sink.end!, index: sink.index, format: this.lines ? 'ndjson' : this.json!.format };
  }

  /** The orders that this chunk completes. */
  push(chunk: Buffer): RawOrder[] {
    const rest = this.start ? chunk.subarray(this.begin(this.start, chunk)) : chunk;
    this.json?.push(rest);
    this.lines?.push(rest);
    return this.settle();
  }

  /** There are no more chunks: the last orders. */
  end(): RawOrder[] {
    this.failure ??= this.start?.end();
    this.json?.end();
    this.lines?.end();
    if (this.isUndecided()) this.lines = undefined;
    return this.settle();
  }

  private begin(start: FileStart, chunk: Buffer): number {
    const at = start.scan(chunk);
    this.failure = start.failure;
    if (start.format) {
      this.start = undefined;
      this.json = new JsonSplitter(start.format, this.limits, start);
      if (start.format === 'object') this.lines = new LineSplitter(this.limits, start, 0);
    }
    return at;
  }

  private settle(): RawOrder[] {
    if (this.isUndecided()) return [];
    const splitter = this.json ?? this.lines;
    this.failure ??= splitter?.failure;
    return splitter?.sink.take() ?? [];
  }

  /** Whether this may still be an object or lines; if not, the other of the two is given up. */
  private isUndecided(): boolean {
    const { json, lines } = this;
    if (!json || !lines) return false;
    if (json.verdict === 'file') this.lines = undefined;
    else if (json.verdict === 'line' || (json.failure && lines.sink.index >= ENOUGH_LINES)) this.json = undefined;
    return this.json !== undefined && this.lines !== undefined;
  }
}
