import { orderSchema, type Order } from './order';
import { accepts } from '../json/accepts';
import { validateShape, type Validated } from '../json/validate-shape';

const isSurelyOrder = accepts(orderSchema);

/** First validation: the shape. All errors at once, each with its path (but a list that is too long is not looked into). */
export const validateOrderShape = (candidate: unknown): Validated<Order> =>
  (isSurelyOrder(candidate) ? { value: candidate as Order } : validateShape(orderSchema, candidate));
