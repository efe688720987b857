import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import {
  createPaginationToken, isVisible, jsonResponse, maySee, methodCheck, ORDER_ID_PATTERN, orderKey, orderListQuery, orderNotFound, orderSummary,
  orderView, readEnv, report, restHandler,
  type Caller,
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
export const handler = restHandler(env, (event, correlationId, caller) => {
  checkMethod(event);
  const orderId = event.pathParameters?.orderId;
  return orderId === undefined ? list(event, correlationId, caller) : get(event, orderId, correlationId, caller);
});

async function get(event: APIGatewayProxyEvent, orderId: string, correlationId: string, caller: Caller): Promise<APIGatewayProxyResult> {
  const key = orderKey({ orderId, tenant: caller.tenant });
  const item = ORDER_ID_PATTERN.test(orderId) ? await getOrder(env.ORDERS_TABLE_NAME, key) : undefined;
  if (!isVisible(item, new Date()) || !maySee(caller, item)) {
    throw orderNotFound();
  }
  await publishOrderReads(event, correlationId, caller, [item]);
  report('order read', [{ outcome: 'OrderRead', orderId: key, correlationId }]);
  return jsonResponse(200, correlationId, orderView(item), { ETag: `"${item.version}"` });
}

/** Omits rejections after their retention period, so a page may be shorter than its limit even if more pages follow. */
async function list(event: APIGatewayProxyEvent, correlationId: string, caller: Caller): Promise<APIGatewayProxyResult> {
  const query = orderListQuery(event, env.TOKEN_KEY, caller);
  const { orders, next } = await listOrders(env.ORDERS_TABLE_NAME, query);
  const now = new Date();
  const visible = orders.filter((order) => isVisible(order, now));
  await publishOrderReads(event, correlationId, caller, visible);
  report('orders listed', [{ outcome: 'OrdersListed', correlationId }]);
  const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) };
  return jsonResponse(200, correlationId, { items: visible.map(orderSummary), ...nextToken });
}
