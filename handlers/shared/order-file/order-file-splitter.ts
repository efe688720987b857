import { CsvSplitter } from './csv/csv-splitter';
import { FormatDetector } from './format-detector';
import { JsonSplitter } from './json-splitter';
import { LineSplitter } from './line-splitter';
import type { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { RawOrder } from './order-file-part';
import type { OrderFileFormat, OrderFileLocation, OrderFilePosition } from './order-file-position';

/** A file with orders on this many lines is NDJSON, even when its first line is not JSON. */
const MIN_NDJSON_LINES = 2;

/**
 * Splits an uncompressed file into its orders, in chunks of any size.
 *
 * A file that starts with `{` is either one object or NDJSON. Until that is clear, both splitters read it, and neither releases an order.
 */
export class OrderFileSplitter {
  /** Why the rest of the file cannot be read. The orders before the error are returned first. */
  failure?: OrderFileError;
  private detector?: FormatDetector;
  private json?: JsonSplitter;
  private lines?: LineSplitter;
  private csv?: CsvSplitter;

  constructor(private readonly limits: OrderFileLimits, resumeAt?: OrderFilePosition) {
    if (!resumeAt) this.detector = new FormatDetector(limits.csv !== undefined);
    else if (resumeAt.format === 'ndjson') this.lines = new LineSplitter(limits, resumeAt, resumeAt.index);
    else if (resumeAt.format === 'csv') this.csv = new CsvSplitter(limits.csv!, limits, resumeAt, resumeAt);
    else this.json = new JsonSplitter(resumeAt.format, limits, resumeAt, resumeAt);
  }

  /** The current line. */
  get line(): number {
    return (this.splitter ?? this.detector!).line;
  }

  /** The position just after the last returned order. */
  get next(): OrderFileLocation & Pick<OrderFilePosition, 'format' | 'index' | 'header'> {
    const { orders } = this.splitter!;
    return { ...orders.end!, index: orders.index, format: this.format, ...(this.csv ? { header: this.csv.header } : {}) };
  }

  /** Returns the orders that this chunk completes. */
  push(chunk: Buffer): RawOrder[] {
    const rest = this.detector ? chunk.subarray(this.detectFormat(this.detector, chunk)) : chunk;
    this.json?.push(rest);
    this.lines?.push(rest);
    this.csv?.push(rest);
    return this.drain();
  }

  /** Ends the file, and returns the last orders. */
  end(): RawOrder[] {
    this.failure ??= this.detector?.end();
    this.json?.end();
    this.lines?.end();
    this.csv?.end();
    if (this.isAmbiguous()) this.lines = undefined;
    return this.drain();
  }

  private get splitter(): JsonSplitter | LineSplitter | CsvSplitter | undefined {
    return this.json ?? this.lines ?? this.csv;
  }

  private get format(): OrderFileFormat {
    if (this.csv) return 'csv';
    return this.lines ? 'ndjson' : this.json!.format;
  }

  private detectFormat(detector: FormatDetector, chunk: Buffer): number {
    const at = detector.scan(chunk);
    this.failure = detector.failure;
    if (detector.format === 'csv') {
      this.csv = new CsvSplitter(this.limits.csv!, this.limits, detector);
      this.csv.push(detector.firstCharacter);
    } else if (detector.format) {
      this.json = new JsonSplitter(detector.format, this.limits, detector);
      if (detector.format === 'object') this.lines = new LineSplitter(this.limits, detector, 0);
    }
    if (detector.format) this.detector = undefined;
    return at;
  }

  private drain(): RawOrder[] {
    if (this.isAmbiguous()) return [];
    this.failure ??= this.splitter?.failure;
    return this.splitter?.orders.drain() ?? [];
  }

  /** Returns whether the file may still be either an object or NDJSON. Drops the other splitter once the format is clear. */
  private isAmbiguous(): boolean {
    const { json, lines } = this;
    if (!json || !lines) return false;
    if (json.kind === 'document') this.lines = undefined;
    else if (json.kind === 'line' || (json.failure && lines.orders.index >= MIN_NDJSON_LINES)) this.json = undefined;
    return this.json !== undefined && this.lines !== undefined;
  }
}
