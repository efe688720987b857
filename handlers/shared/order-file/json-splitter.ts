import type { JsonRole, JsonState } from './json-grammar';
import { JsonWalker } from './json-walker';
import { OrderCollector } from './order-collector';
import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFileFormat, OrderFileLocation, OrderFilePosition } from './order-file-position';
import { parseMember } from './parse-member';
import { WholeObject } from './whole-object';

const START: Record<JsonFormat, JsonState> = { array: 'afterOrder', object: 'afterOrder', order: 'afterOnlyOrder' };

/** The formats of files that are one JSON document. */
export type JsonFormat = Exclude<OrderFileFormat, 'ndjson' | 'csv'>;

/** Splits one JSON document into its orders: an array of orders, an object with an array under the key `orders`, or one order. */
export class JsonSplitter extends JsonWalker {
  readonly orders: OrderCollector;
  /** Whether the object is the whole document or the first line of NDJSON; undefined until that is clear. */
  kind?: 'document' | 'line';
  private hasOrders: boolean;
  private ordersKey?: OrderFileLocation;
  private isKeyRepeated = false;
  /** A value over the limit is an error of a document with `orders`. In other objects, only the order is too large. */
  private tooLarge?: OrderFileError;
  /** The object, as long as it may be an order. */
  private whole?: WholeObject;

  constructor(public format: JsonFormat, private readonly limits: OrderFileLimits, at: OrderFileLocation, resumeAt?: OrderFilePosition) {
    super(resumeAt ? START[format] : format as JsonState, at, limits.maxOrderSize);
    this.orders = new OrderCollector(limits, resumeAt?.index ?? 0);
    this.hasOrders = resumeAt !== undefined;
    this.kind = format === 'array' || resumeAt ? 'document' : undefined;
    if (!this.kind) this.whole = new WholeObject(at, limits.maxOrderSize);
  }

  push(chunk: Buffer): void {
    const { offset } = this;
    super.push(chunk);
    if (!this.whole?.push(chunk, offset, this.orders)) return;
    this.whole = undefined;
    this.format = 'order';
  }

  protected enter(next: JsonState, location: OrderFileLocation): JsonState {
    if (this.format === 'array') return next === 'afterValue' ? 'end' : next;
    if (next === 'firstOrder') this.beginOrders();
    if (next !== 'end' || this.hasOrders) return next;
    this.kind ??= 'line';
    this.whole!.close(location);
    return 'afterOnlyOrder';
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
    return value === 'orders' ? this.passOrdersKey(start) : 'afterKey';
  }

  /** An NDJSON order ends on its line. An object that spans lines is therefore a document. */
  protected passLine(): void {
    this.kind ??= 'document';
  }

  private passOrdersKey(location: OrderFileLocation): JsonState {
    if (this.hasOrders) this.failRepeated(location);
    this.isKeyRepeated = this.ordersKey !== undefined;
    this.ordersKey = location;
    return 'afterOrdersKey';
  }

  /** The key `orders` with an array makes the object a document of orders. */
  private beginOrders(): void {
    if (this.isKeyRepeated) this.failRepeated(this.ordersKey!);
    this.hasOrders = true;
    this.whole = undefined;
    this.kind = 'document';
    this.failure ??= this.tooLarge;
  }

  private failRepeated(location: OrderFileLocation): void {
    this.fail('INVALID_JSON', 'the key "orders" occurs twice', location);
  }

  /** Parses a key or an unused value, to validate it. */
  private read(bytes: Buffer | undefined, location: OrderFileLocation): unknown {
    if (!bytes) {
      this.tooLarge ??= new OrderFileError('VALUE_TOO_LARGE', `a key or value outside of the orders has more than ${this.limits.maxOrderSize} bytes`, location);
      if (this.hasOrders) this.failure ??= this.tooLarge;
      return undefined;
    }
    const parsed = parseMember(bytes, location);
    if ('value' in parsed) return parsed.value;
    this.failure ??= parsed;
    return undefined;
  }
}
