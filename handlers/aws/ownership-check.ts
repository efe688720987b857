import { maySee, orderKey, orderNotFound, type Caller, type OrderIdentity } from '#shared';
import { getOrder } from './orders-table';

interface OwnershipEnv {
  /** Absent if callers see the orders of all customers. */
  readonly ORDERS_TABLE_NAME?: string;
}

/**
 * Makes the function that returns whether a caller may see an order. A customer may see an order that is stored as theirs: they can neither
 * change its customer nor choose its ID.
 */
export const ownOrderCheck = ({ ORDERS_TABLE_NAME }: OwnershipEnv) => async (caller: Caller, order: OrderIdentity): Promise<boolean> =>
  caller.customerId === undefined || maySee(caller, await getOrder(ORDERS_TABLE_NAME!, orderKey(order)));

/**
 * Makes the function that throws for an order that a caller may not see.
 *
 * @throws Problem 404 for the order of another customer, and for one that does not exist.
 */
export function ownershipCheck(env: OwnershipEnv): (caller: Caller, order: OrderIdentity) => Promise<void> {
  const isOwnOrder = ownOrderCheck(env);
  return async (caller, order) => {
    if (!await isOwnOrder(caller, order)) throw orderNotFound();
  };
}
