import { isExpired, json, ORDER_ID_PATTERN, orderView, Problem, readEnv, report, restHandler } from '#shared';
import { getOrder } from './aws/orders-table';

const env = readEnv('query-orders');

/** GET /orders/{orderId}: the order as it stands, or why it was rejected. */
export const handler = restHandler(async (event, correlationId) => {
  const orderId = event.pathParameters?.orderId ?? '';
  const item = ORDER_ID_PATTERN.test(orderId) ? await getOrder(env.ORDERS_TABLE_NAME, orderId) : undefined;
  if (!item || isExpired(item, new Date())) {
    throw new Problem(404, 'order-not-found', 'there is no such order; one that was just accepted shows up within seconds');
  }
  report('order read', [{ outcome: 'OrderRead', orderId, correlationId }]);
  return json(200, correlationId, orderView(item), { ETag: `"${item.version}"` });
});
