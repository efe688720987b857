import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import {
  createPaginationToken, isVisible, jsonResponse, methodCheck, ORDER_ID_PATTERN, orderListQuery, orderSummary, orderView, Problem,
  readEnv, report, restHandler,
} from '#shared';
import { orderReadPublisher } from './aws/order-read-publisher';
import { listOrders } from './aws/orders-index';
import { getOrder } from './aws/orders-table';

const env = readEnv('query-orders');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);
const publishOrderReads = orderReadPublisher(env);

/**
 * GET /orders/{orderId}: the current state of an order, or why it was rejected. GET /orders?customerId=&status=: the orders of a customer, in
 * a status, or both, newest first.
 */
export const handler = restHandler(env, (event, correlationId) => {
  checkMethod(event);
  const orderId = event.pathParameters?.orderId;
  return orderId === undefined ? list(event, correlationId) : get(event, orderId, correlationId);
});

async function get(event: APIGatewayProxyEvent, orderId: string, correlationId: string): Promise<APIGatewayProxyResult> {
  const item = ORDER_ID_PATTERN.test(orderId) ? await getOrder(env.ORDERS_TABLE_NAME, orderId) : undefined;
  if (!isVisible(item, new Date())) {
    throw new Problem(404, 'order-not-found', 'the order does not exist; a newly accepted order appears within seconds');
  }
  await publishOrderReads(event, correlationId, [item]);
  report('order read', [{ outcome: 'OrderRead', orderId, correlationId }]);
  return jsonResponse(200, correlationId, orderView(item), { ETag: `"${item.version}"` });
}

/** Omits rejections after their retention period, so a page may be shorter than its limit even if more pages follow. */
async function list(event: APIGatewayProxyEvent, correlationId: string): Promise<APIGatewayProxyResult> {
  const query = orderListQuery(event, env.TOKEN_KEY);
  const { orders, next } = await listOrders(env.ORDERS_TABLE_NAME, query);
  const now = new Date();
  const visible = orders.filter((order) => isVisible(order, now));
  await publishOrderReads(event, correlationId, visible);
  report('orders listed', [{ outcome: 'OrdersListed', correlationId }]);
  const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) };
  return jsonResponse(200, correlationId, { items: visible.map(orderSummary), ...nextToken });
}
