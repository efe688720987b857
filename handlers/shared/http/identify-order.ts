import type { ApiRequest } from './api-request';
import type { Caller } from './caller';
import { Problem } from './problem';
import { idempotencyKeyOf } from './request-headers';
import { newOrderId, orderIdForKey } from '../orders/ids';
import { orderModel } from '../orders/order-model';

/**
 * Determines the id of the order in a request: the client's own, or the one derived from its `Idempotency-Key`, or a new one.
 *
 * @throws Problem 400 for a key that is empty or too long, and for an id that a customer chose; 422 for a key together with the id of another order.
 */
export function identifyOrder(event: ApiRequest, caller: Caller, givenOrderId: unknown): unknown {
  const key = idempotencyKeyOf(event);
  if (givenOrderId !== undefined) assertMayChooseId(caller);
  if (key === undefined) return givenOrderId === undefined ? newOrderId() : givenOrderId;
  const orderId = orderIdForKey(caller.idempotencyScope, key);
  if (givenOrderId !== undefined && givenOrderId !== orderId) {
    throw new Problem(422, 'idempotency-key-conflict', `this Idempotency-Key stands for order ${orderId}; send either the key or an order ID of your own`, [
      { path: orderModel.orderIdPath, code: 'IDEMPOTENCY_KEY_CONFLICT', message: 'leave it out, or send no Idempotency-Key' },
    ]);
  }
  return orderId;
}

/** A customer could choose the ID of another customer's order, and learn from the outcome that it exists. */
function assertMayChooseId({ customerId }: Caller): void {
  if (customerId === undefined) return;
  throw new Problem(400, 'order-id-assigned', 'the API assigns the IDs of orders that customers place; leave the order ID out', [
    { path: orderModel.orderIdPath, code: 'ORDER_ID_ASSIGNED', message: 'leave it out; to repeat a request safely, send an Idempotency-Key' },
  ]);
}
