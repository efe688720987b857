import { jsonResponse, methodCheck, orderView, readEnv, restHandler } from '#shared';
import { orderReader } from './aws/order-reader';

const env = readEnv('query-orders');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);
const orders = orderReader(env);

/**
 * GET /orders/{orderId}: the current state of an order, or why it was rejected. GET /orders?customerId=&status=: the orders of a customer, in
 * a status, or both, newest first.
 */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  const orderId = event.pathParameters?.orderId;
  if (orderId === undefined) return jsonResponse(200, correlationId, await orders.list(event, correlationId, caller));
  const item = await orders.get(event, orderId, correlationId, caller);
  return jsonResponse(200, correlationId, orderView(item), { ETag: `"${item.version}"` });
});
