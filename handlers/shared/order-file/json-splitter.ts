import { isUtf8 } from 'node:buffer';
import type { JsonRole, JsonState } from './json-grammar';
import { JsonWalker } from './json-walker';
import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFilePlace, OrderFilePosition } from './order-file-position';
import { OrderSink } from './order-sink';

/** Splits one JSON document: an array of orders, or an object that holds one under the key `orders`. */
export class JsonSplitter extends JsonWalker {
  readonly sink: OrderSink;
  /** What an object turned out to be: a file of its own, or the first of many lines. Undefined while that is not known. */
  verdict?: 'file' | 'line';
  private hasOrders: boolean;
  /** A value beyond the limit is an error of a file; of a line it only makes one order too large. */
  private tooLarge?: OrderFileError;

  constructor(readonly format: 'array' | 'object', private readonly limits: OrderFileLimits, at: OrderFilePlace, resumeAt?: OrderFilePosition) {
    super(resumeAt ? 'afterOrder' : format, at, limits.maxOrderSize);
    this.sink = new OrderSink(limits, resumeAt?.index ?? 0);
    this.hasOrders = resumeAt !== undefined;
    this.verdict = format === 'array' || resumeAt ? 'file' : undefined;
  }

  protected enter(next: JsonState, place: OrderFilePlace): JsonState {
    if (this.format === 'array') return next === 'afterValue' ? 'end' : next;
    if (next === 'end' && !this.hasOrders) {
      this.decide('line');
      if (this.verdict === 'file') this.fail('INVALID_JSON', 'the object has no key "orders"', place);
    }
    return next;
  }

  protected begin(role: JsonRole, place: OrderFilePlace): void {
    if (role === 'order') this.failure = this.sink.refuse(place);
  }

  protected finish(role: JsonRole, bytes: Buffer | undefined, start: OrderFilePlace, end: OrderFilePlace): JsonState {
    if (role === 'order') {
      this.sink.add(start, bytes, end);
      return 'afterOrder';
    }
    const value = this.read(bytes, start);
    if (role === 'value') return 'afterValue';
    return value === 'orders' ? this.findOrders(start) : 'afterKey';
  }

  /** An order on a line never goes on in the next one. Unless the object is complete and known to be such a line, it is a file. */
  protected passLine(): void {
    this.decide('file');
  }

  private findOrders(place: OrderFilePlace): JsonState {
    if (this.hasOrders) this.fail('INVALID_JSON', 'the key "orders" is there twice', place);
    this.hasOrders = true;
    this.decide('file');
    return 'afterOrdersKey';
  }

  private decide(verdict: 'file' | 'line'): void {
    this.verdict ??= verdict;
    if (this.verdict === 'file') this.failure ??= this.tooLarge;
  }

  /** A key, or a value that nobody asked for: it is checked, and dropped. */
  private read(bytes: Buffer | undefined, place: OrderFilePlace): unknown {
    if (!bytes) {
      this.tooLarge ??= new OrderFileError('VALUE_TOO_LARGE', `a key or value outside of the orders has more than ${this.limits.maxOrderSize} bytes`, place);
      if (this.verdict === 'file') this.failure ??= this.tooLarge;
    } else if (!isUtf8(bytes)) {
      this.fail('NOT_UTF8', 'the file is not UTF-8: a key or value that begins here holds other bytes', place);
    } else {
      try {
        return JSON.parse(bytes.toString()) as unknown;
      } catch {
        this.fail('INVALID_JSON', 'the file is not JSON: the key or value that begins here is none', place);
      }
    }
    return undefined;
  }
}
