import type { APIGatewayProxyEvent } from 'aws-lambda';
import { checkOrderShape, identifyOrder, json, jsonBody, newCommandId, Problem, readEnv, report, restHandler, type Order, type OrderCommand } from '#shared';
import { commandSender } from './aws/orders-queue';
import { SCHEMA_VERSION } from '../src/private/contract';

const env = readEnv('receive-order');
const send = commandSender(env);

/** POST /orders: checks the shape of one order and puts it into the orders queue. 202 means: it will not be lost. */
export const handler = restHandler(async (event, correlationId) => {
  const command = placeOrder(readOrder(event), correlationId);
  await send(command);
  const { orderId, commandId } = command;
  report('order received', [{ outcome: 'OrderReceived', orderId, commandId, correlationId }]);
  return json(202, correlationId, { orderId, correlationId, status: 'RECEIVED' }, { Location: `/orders/${orderId}` });
});

function readOrder(event: APIGatewayProxyEvent): Order {
  const body = jsonBody(event, Number(env.MAX_ORDER_SIZE));
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const { value, errors } = checkOrderShape(isObject ? withOrderId(event, body) : body);
  if (errors) throw new Problem(400, 'invalid-order', 'the order is not valid; see errors', errors);
  return value;
}

const withOrderId = (event: APIGatewayProxyEvent, body: { orderId?: unknown }): unknown => ({ ...body, orderId: identifyOrder(event, body.orderId) });

const placeOrder = (order: Order, correlationId: string): OrderCommand => ({
  schemaVersion: SCHEMA_VERSION,
  commandType: 'PlaceOrder',
  commandId: newCommandId(),
  orderId: order.orderId,
  correlationId,
  channel: 'api',
  receivedAt: new Date().toISOString(),
  payload: order,
});
