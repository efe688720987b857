import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { RawOrder } from './order-file-part';
import type { OrderFileLocation } from './order-file-position';
import type { FieldError } from '../json/field-error';

const NO_BYTES = Buffer.alloc(0);

/** Numbers the orders of a file, and collects them until they are drained. */
export class OrderCollector {
  /** The location just after the last order. */
  end?: OrderFileLocation;
  private orders: RawOrder[] = [];

  constructor(private readonly limits: OrderFileLimits, public index: number) {}

  /** Returns an error when an order starts beyond the maximum number of orders. */
  checkCount(location: OrderFileLocation): OrderFileError | undefined {
    const { maxOrders } = this.limits;
    return this.index < maxOrders ? undefined : new OrderFileError('TOO_MANY_ORDERS', `the file has more than ${maxOrders} orders`, location);
  }

  /** Adds a complete order; `bytes` is undefined for one that is too large. `because` begins the error of that. */
  add({ offset, line }: OrderFileLocation, bytes: Buffer | undefined, end: OrderFileLocation, because = ''): void {
    const index = this.index++;
    this.end = end;
    this.orders.push(bytes ? { index, line, offset, bytes } : { index, line, offset, bytes: NO_BYTES, errors: [this.tooLarge(because)] });
  }

  /** Adds an order with errors in cells of CSV. */
  addInvalid({ offset, line }: OrderFileLocation, errors: readonly FieldError[], orderId: string, end: OrderFileLocation): void {
    this.end = end;
    this.orders.push({ index: this.index++, line, offset, bytes: NO_BYTES, errors, orderId });
  }

  /** Returns the orders since the previous call. */
  drain(): RawOrder[] {
    const { orders } = this;
    this.orders = [];
    return orders;
  }

  private tooLarge(because: string): FieldError {
    return { path: '', code: 'ORDER_TOO_LARGE', message: `${because}an order in a file must have at most ${this.limits.maxOrderSize} bytes` };
  }
}
