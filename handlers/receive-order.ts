import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  acceptCommand, identifyOrder, isObject, jsonBody, newCommand, newCommandId, orderModel, Problem, readEnv, restHandler, type ValidOrder,
} from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order');
const send = commandSender(env);

/** POST /orders: validates the shape of an order and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId) => {
  const { orderId, order } = readOrder(event);
  const command = newCommand({ commandType: 'PlaceOrder', commandId: newCommandId(), orderId, correlationId, payload: order });
  return acceptCommand(event, command, send);
});

function readOrder(event: APIGatewayProxyEvent): ValidOrder {
  const body = jsonBody(event, Number(env.MAX_ORDER_SIZE));
  const { value, errors } = orderModel.validateFields(isObject(body) ? withOrderId(event, body) : body);
  if (errors) throw new Problem(400, 'invalid-order', 'the order is not valid; see errors', errors);
  return value;
}

const withOrderId = (event: APIGatewayProxyEvent, body: object): unknown =>
  orderModel.withOrderId(body, identifyOrder(event, orderModel.givenOrderId(body)));
