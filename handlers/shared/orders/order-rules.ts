import type { Order, PricedOrder } from './order';
import type { Validated } from '../json/validate-shape';

/** Validates the business rules, which a schema cannot express. @returns the order with its total, or the errors. */
export function validateOrderRules(order: Order): Validated<PricedOrder> {
  const sum = order.items.reduce((total, item) => total + BigInt(item.quantity) * BigInt(item.unitPrice), 0n);
  if (sum > BigInt(Number.MAX_SAFE_INTEGER)) {
    return { errors: [{ path: '/items', code: 'TOTAL_TOO_BIG', message: `the items must add up to at most ${Number.MAX_SAFE_INTEGER} minor units` }] };
  }
  const total = Number(sum);
  if (order.total !== undefined && order.total !== total) {
    return { errors: [{ path: '/total', code: 'TOTAL_MISMATCH', message: `must be ${total}, the sum of quantity times unitPrice of all items; or leave it out` }] };
  }
  return { value: { ...order, total } };
}
