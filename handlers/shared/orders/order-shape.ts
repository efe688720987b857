import { orderSchema, type Order } from './order';
import { accepts } from '../json/accepts';
import { validateShape, type Validated } from '../json/validate-shape';

const isSurelyOrder = accepts(orderSchema);

/** Validates the shape of an order. @returns the order, or all errors with their paths; the entries of a list that is too long are not validated. */
export const validateOrderShape = (candidate: unknown): Validated<Order> =>
  (isSurelyOrder(candidate) ? { value: candidate as Order } : validateShape(orderSchema, candidate));
