import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  acceptCommand, validateOrderShape, identifyOrder, jsonBody, newCommand, newCommandId, Problem, readEnv, restHandler, type Order,
} from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order');
const send = commandSender(env);

/** POST /orders: validates the shape of an order and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(async (event, correlationId) => {
  const order = readOrder(event);
  const command = newCommand({ commandType: 'PlaceOrder', commandId: newCommandId(), orderId: order.orderId, correlationId, payload: order });
  return acceptCommand(event, command, send);
});

function readOrder(event: APIGatewayProxyEvent): Order {
  const body = jsonBody(event, Number(env.MAX_ORDER_SIZE));
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const { value, errors } = validateOrderShape(isObject ? withOrderId(event, body) : body);
  if (errors) throw new Problem(400, 'invalid-order', 'the order is not valid; see errors', errors);
  return value;
}

const withOrderId = (event: APIGatewayProxyEvent, body: { orderId?: unknown }): unknown => ({ ...body, orderId: identifyOrder(event, body.orderId) });
