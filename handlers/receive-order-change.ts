import { acceptCommand, validateShape, commandFor, jsonBody, MERGE_PATCH_TYPES, orderChangeSchema, Problem, readEnv, restHandler } from '#shared';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order-change');
const send = commandSender(env);

/** PATCH /orders/{orderId}: checks a JSON merge patch and puts the change into the orders queue. 202 means: it will not be lost. */
export const handler = restHandler(async (event, correlationId) => {
  const { value: patch, errors } = validateShape(orderChangeSchema, jsonBody(event, Number(env.MAX_ORDER_SIZE), MERGE_PATCH_TYPES));
  if (errors) throw new Problem(400, 'invalid-change', 'the change is not valid; see errors', errors);
  return acceptCommand(commandFor(event, correlationId, 'ChangeOrder', { patch }), send);
});
