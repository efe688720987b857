import { acceptCommand, jsonBody, newCommand, newCommandId, readEnv, readPlacement, restHandler } from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order');
const send = commandSender(env);

/** POST /orders: validates the shape of an order and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  const { orderId, order } = readPlacement(event, caller, jsonBody(event, Number(env.MAX_ORDER_SIZE)));
  const command = newCommand({ commandType: 'PlaceOrder', commandId: newCommandId(), orderId, correlationId, payload: order }, caller);
  return acceptCommand(event, caller, command, send);
});
