import { jsonResponse, methodCheck, readEnv, restHandler } from '#shared';
import { historyReader } from './aws/history-reader';

const env = readEnv('query-order-events');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);
const readHistory = historyReader(env);

/** GET /orders/{orderId}/events: the events of an order, oldest first. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  return jsonResponse(200, correlationId, await readHistory(event, event.pathParameters?.orderId ?? '', correlationId, caller));
});
