import { accepts } from './accepts';
import { checkShape, type Checked } from './check-shape';
import { orderSchema, type Order } from './order';

const isSurelyOrder = accepts(orderSchema);

/** First validation: the shape. All errors at once, each with its path (but a list that is too long is not looked into). */
export const checkOrderShape = (candidate: unknown): Checked<Order> =>
  (isSurelyOrder(candidate) ? { value: candidate as Order } : checkShape(orderSchema, candidate));
