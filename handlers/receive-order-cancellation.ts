import { acceptCommand, commandFor, COMMANDS, jsonBody, methodCheck, Problem, readEnv, restHandler, validateShape } from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order-cancellation');
const checkMethod = methodCheck(['POST'], env.ALLOWED_METHODS);
const send = commandSender(env);

/** POST /orders/{orderId}/cancellation: validates a cancellation and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId) => {
  checkMethod(event);
  const { value, errors } = validateShape(COMMANDS.CancelOrder.bodySchema, jsonBody(event, Number(env.MAX_ORDER_SIZE)));
  if (errors) throw new Problem(400, 'invalid-cancellation', 'the cancellation is not valid; see errors', errors);
  return acceptCommand(event, commandFor(event, correlationId, 'CancelOrder', value), send);
});
