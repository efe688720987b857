import { acceptCommand, commandFor, jsonBody, methodCheck, readCancellation, readEnv, restHandler } from '#shared';
import { commandSender } from './aws/orders-queue';
import { ownershipCheck } from './aws/ownership-check';

const env = readEnv('receive-order-cancellation');
const checkMethod = methodCheck(['POST'], env.ALLOWED_METHODS);
const send = commandSender(env);
const assertOwnOrder = ownershipCheck(env);

/** POST /orders/{orderId}/cancellation: validates a cancellation and sends it to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  const cancellation = readCancellation(jsonBody(event, Number(env.MAX_ORDER_SIZE)));
  const command = commandFor(event, correlationId, caller, 'CancelOrder', cancellation);
  await assertOwnOrder(caller, command);
  return acceptCommand(event, caller, command, send);
});
