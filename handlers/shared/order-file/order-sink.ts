import { OrderFileError } from './order-file-error';
import type { OrderFileLimits } from './order-file-limits';
import type { OrderFilePlace } from './order-file-position';
import type { RawOrder } from './raw-order';

const NO_BYTES = Buffer.alloc(0);

/** Numbers the orders as they are found, and keeps them until they are taken. */
export class OrderSink {
  /** Just after the last order that was found. */
  end?: OrderFilePlace;
  private orders: RawOrder[] = [];

  constructor(private readonly limits: OrderFileLimits, public index: number) {}

  /** An order begins: what is wrong with that. */
  refuse(place: OrderFilePlace): OrderFileError | undefined {
    const { maxOrders } = this.limits;
    return this.index < maxOrders ? undefined : new OrderFileError('TOO_MANY_ORDERS', `the file has more than ${maxOrders} orders`, place);
  }

  /** An order is complete; without bytes it was too large. */
  add({ offset, line }: OrderFilePlace, bytes: Buffer | undefined, end: OrderFilePlace): void {
    const index = this.index++;
    this.end = end;
    this.orders.push(bytes ? { index, line, offset, bytes } : { index, line, offset, bytes: NO_BYTES, error: this.tooLarge() });
  }

  /** The orders since the last time. */
  take(): RawOrder[] {
    const { orders } = this;
    this.orders = [];
    return orders;
  }

  private tooLarge() {
    return { path: '', code: 'ORDER_TOO_LARGE', message: `an order in a file may have at most ${this.limits.maxOrderSize} bytes` };
  }
}
