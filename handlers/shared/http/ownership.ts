import type { Caller } from './caller';
import { Problem } from './problem';
import type { OrderItem } from '../commands/order-item';
import { orderModel } from '../orders/order-model';

/** Whether a caller may see an order: customers see their own. */
export const maySee = ({ customerId }: Pick<Caller, 'customerId'>, order: OrderItem | undefined): boolean =>
  customerId === undefined || (order !== undefined && order.status !== 'AWAITED' && order.customerId === customerId);

/**
 * Returns the body of a placement with the customer ID of its caller.
 *
 * @throws Problem 403 when it has the ID of another customer.
 */
export function withCustomerId(body: unknown, { customerId }: Pick<Caller, 'customerId'>): unknown {
  if (customerId === undefined) return body;
  const given = orderModel.givenCustomerId(body);
  if (given === undefined) return orderModel.withCustomerId(body, customerId);
  if (String(given) === customerId) return body;
  throw otherCustomer(orderModel.customerIdPath!);
}

/** The answer to a request that names another customer. */
export const otherCustomer = (path: string): Problem =>
  new Problem(403, 'other-customer', 'the request is about another customer; leave the customer ID out, or send your own', [
    { path, code: 'OTHER_CUSTOMER', message: 'must be the customer ID of the caller' },
  ]);

/**
 * Checks that a caller sees the data of all customers, such as files.
 *
 * @throws Problem 403 when they only see their own.
 */
export function assertSeesAllCustomers({ customerId }: Pick<Caller, 'customerId'>): void {
  if (customerId !== undefined) throw new Problem(403, 'not-for-customers', 'the request is about the orders of many customers');
}

/** The answer for an order that does not exist, or is not the caller's: the two are not to be distinguished. */
export const orderNotFound = (): Problem =>
  new Problem(404, 'order-not-found', 'the order does not exist; a newly accepted order appears within seconds');
