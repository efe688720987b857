import type { FieldRequest } from './graphql-handler';
import { otherCustomer } from '../http/ownership';
import { Problem } from '../http/problem';
import { ORDER_ID_PATTERN } from '../orders/ids';

/** Which events AppSync delivers to a subscriber: those whose fields have these values. */
export type SubscriptionFilter = Readonly<Record<string, { readonly eq: string }>>;

/**
 * Returns the filter of a subscription to an order, or to the orders of a customer. A subscriber gets the events of their own tenant and customer only,
 * whatever they subscribe to; so a customer can subscribe to an order before it is stored.
 *
 * @throws Problem 400 when no order can have the ID, 403 when a customer asks for the orders of another one.
 */
export function subscriptionFilter({ field, args, caller }: FieldRequest): SubscriptionFilter {
  const given = field === 'orderChanged' ? { orderId: orderIdOf(args.orderId) } : { customerId: String(args.customerId) };
  if (given.customerId !== undefined && caller.customerId !== undefined && given.customerId !== caller.customerId) throw otherCustomer('customerId');
  const values = { ...given, customerId: caller.customerId ?? given.customerId, tenant: caller.tenant };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => [name, { eq: value! }]));
}

function orderIdOf(value: unknown): string {
  if (typeof value === 'string' && ORDER_ID_PATTERN.test(value)) return value;
  throw new Problem(400, 'invalid-order-id', 'no order can have this ID', [
    { path: 'orderId', code: 'INVALID_FORMAT', message: 'must have 1 to 64 of A-Z a-z 0-9 _ -' },
  ]);
}
