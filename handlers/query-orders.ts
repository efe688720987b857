import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import {
  isVisible, json, ORDER_ID_PATTERN, orderListQuery, orderSummary, orderView, Problem, readEnv, report, restHandler, writeToken,
} from '#shared';
import { listOrders } from './aws/orders-index';
import { getOrder } from './aws/orders-table';
import { readRecorder } from './aws/read-recorder';

const env = readEnv('query-orders');
const recordRead = readRecorder(env);

/**
 * GET /orders/{orderId}: the order as it stands, or why it was rejected. GET /orders?customerId=&status=: the orders of a customer, in a
 * status, or both, newest first.
 */
export const handler = restHandler((event, correlationId) => {
  const orderId = event.pathParameters?.orderId;
  return orderId === undefined ? list(event, correlationId) : one(event, orderId, correlationId);
});

async function one(event: APIGatewayProxyEvent, orderId: string, correlationId: string): Promise<APIGatewayProxyResult> {
  const item = ORDER_ID_PATTERN.test(orderId) ? await getOrder(env.ORDERS_TABLE_NAME, orderId) : undefined;
  if (!isVisible(item, new Date())) {
    throw new Problem(404, 'order-not-found', 'there is no such order; one that was just accepted shows up within seconds');
  }
  await recordRead(event, correlationId, [item]);
  report('order read', [{ outcome: 'OrderRead', orderId, correlationId }]);
  return json(200, correlationId, orderView(item), { ETag: `"${item.version}"` });
}

/** A page may be shorter than its limit, also where others follow: rejections that are no longer shown are left out. */
async function list(event: APIGatewayProxyEvent, correlationId: string): Promise<APIGatewayProxyResult> {
  const query = orderListQuery(event, env.TOKEN_KEY);
  const { orders, next } = await listOrders(env.ORDERS_TABLE_NAME, query);
  const now = new Date();
  const shown = orders.filter((order) => isVisible(order, now));
  await recordRead(event, correlationId, shown);
  report('orders listed', [{ outcome: 'OrdersListed', correlationId }]);
  const nextToken = next === undefined ? {} : { nextToken: writeToken(env.TOKEN_KEY, query.signedFor, next) };
  return json(200, correlationId, { items: shown.map(orderSummary), ...nextToken });
}
