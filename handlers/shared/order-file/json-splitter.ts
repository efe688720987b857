import { isUtf8 } from 'node:buffer';
import type { JsonRole, JsonState } from './json-grammar';
import { JsonWalker } from './json-walker';
import { OrderCollector } from './order-collector';
import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFileLocation, OrderFilePosition } from './order-file-position';

/** Splits one JSON document into its orders: an array of orders, or an object with an array under the key `orders`. */
export class JsonSplitter extends JsonWalker {
  readonly orders: OrderCollector;
  /** Whether the object is the whole document or the first line of NDJSON; undefined until that is clear. */
  kind?: 'document' | 'line';
  private hasOrders: boolean;
  /** A value over the limit is an error of a document. On an NDJSON line, only the order is too large. */
  private tooLarge?: OrderFileError;

  constructor(readonly format: 'array' | 'object', private readonly limits: OrderFileLimits, at: OrderFileLocation, resumeAt?: OrderFilePosition) {
    super(resumeAt ? 'afterOrder' : format, at, limits.maxOrderSize);
    this.orders = new OrderCollector(limits, resumeAt?.index ?? 0);
    this.hasOrders = resumeAt !== undefined;
    this.kind = format === 'array' || resumeAt ? 'document' : undefined;
  }

  protected enter(next: JsonState, location: OrderFileLocation): JsonState {
    if (this.format === 'array') return next === 'afterValue' ? 'end' : next;
    if (next === 'end' && !this.hasOrders) {
      this.setKind('line');
      if (this.kind === 'document') this.fail('INVALID_JSON', 'the object has no key "orders"', location);
    }
    return next;
  }

  protected begin(role: JsonRole, location: OrderFileLocation): void {
    if (role === 'order') this.failure = this.orders.checkCount(location);
  }

  protected finish(role: JsonRole, bytes: Buffer | undefined, start: OrderFileLocation, end: OrderFileLocation): JsonState {
    if (role === 'order') {
      this.orders.add(start, bytes, end);
      return 'afterOrder';
    }
    const value = this.read(bytes, start);
    if (role === 'value') return 'afterValue';
    return value === 'orders' ? this.beginOrders(start) : 'afterKey';
  }

  /** An NDJSON order ends on its line. An object that spans lines is therefore a document. */
  protected passLine(): void {
    this.setKind('document');
  }

  private beginOrders(location: OrderFileLocation): JsonState {
    if (this.hasOrders) this.fail('INVALID_JSON', 'the key "orders" occurs twice', location);
    this.hasOrders = true;
    this.setKind('document');
    return 'afterOrdersKey';
  }

  private setKind(kind: 'document' | 'line'): void {
    this.kind ??= kind;
    if (this.kind === 'document') this.failure ??= this.tooLarge;
  }

  /** Parses a key or an unused value, to validate it. */
  private read(bytes: Buffer | undefined, location: OrderFileLocation): unknown {
    if (!bytes) {
      this.tooLarge ??= new OrderFileError('VALUE_TOO_LARGE', `a key or value outside of the orders has more than ${this.limits.maxOrderSize} bytes`, location);
      if (this.kind === 'document') this.failure ??= this.tooLarge;
    } else if (!isUtf8(bytes)) {
      this.fail('NOT_UTF8', 'the file is not UTF-8: invalid bytes in the key or value that starts here', location);
    } else {
      try {
        return JSON.parse(bytes.toString()) as unknown;
      } catch {
        this.fail('INVALID_JSON', 'the file is not JSON: syntax error in the key or value that starts here', location);
      }
    }
    return undefined;
  }
}
