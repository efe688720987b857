import { acceptCommand, commandFor, jsonBody, MERGE_PATCH_TYPES, orderModel, Problem, readEnv, restHandler } from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order-change');
const send = commandSender(env);

/** PATCH /orders/{orderId}: validates a JSON merge patch and sends the change to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId) => {
  const { value: patch, errors } = orderModel.validatePatch(jsonBody(event, Number(env.MAX_ORDER_SIZE), MERGE_PATCH_TYPES));
  if (errors) throw new Problem(400, 'invalid-change', 'the change is not valid; see errors', errors);
  return acceptCommand(event, commandFor(event, correlationId, 'ChangeOrder', { patch }), send);
});
