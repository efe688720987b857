import { acceptCommand, commandFor, jsonBody, MERGE_PATCH_TYPES, readEnv, readPatch, restHandler } from '#shared';
import { commandSender } from './aws/orders-queue';
import { ownershipCheck } from './aws/ownership-check';

const env = readEnv('receive-order-change');
const send = commandSender(env);
const assertOwnOrder = ownershipCheck(env);

/** PATCH /orders/{orderId}: validates a JSON merge patch and sends the change to the orders queue. 202 means that it is stored durably. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  const patch = readPatch(jsonBody(event, Number(env.MAX_ORDER_SIZE), MERGE_PATCH_TYPES));
  const command = commandFor(event, correlationId, caller, 'ChangeOrder', { patch });
  await assertOwnOrder(caller, command);
  return acceptCommand(event, caller, command, send);
});
