import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  acceptCommand, identifyOrder, isObject, jsonBody, newCommand, newCommandId, orderModel, Problem, readEnv, restHandler, withCustomerId,
  type Caller, type ValidOrder,
} from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order');
const send = commandSender(env);

/** POST /orders: validates the shape of an order and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  const { orderId, order } = readOrder(event, caller);
  const command = newCommand({ commandType: 'PlaceOrder', commandId: newCommandId(), orderId, correlationId, payload: order }, caller);
  return acceptCommand(event, caller, command, send);
});

function readOrder(event: APIGatewayProxyEvent, caller: Caller): ValidOrder {
  const body = jsonBody(event, Number(env.MAX_ORDER_SIZE));
  const { value, errors } = orderModel.validateFields(isObject(body) ? withCustomerId(withOrderId(event, caller, body), caller) : body);
  if (errors) throw new Problem(400, 'invalid-order', 'the order is not valid; see errors', errors);
  return value;
}

const withOrderId = (event: APIGatewayProxyEvent, caller: Caller, body: object): unknown =>
  orderModel.withOrderId(body, identifyOrder(event, caller, orderModel.givenOrderId(body)));
