import type { OrderFilePosition } from './order-file-position';
import type { RawOrder } from './raw-order';

/** Some orders that follow each other, and where reading goes on after them. */
export interface OrderFilePart {
  readonly orders: RawOrder[];
  readonly next: OrderFilePosition;
}
