import {
  createPaginationToken, historyQuery, historyView, identityOf, isPastTimeToLive, jsonResponse, maySeeEvent, methodCheck, ORDER_ID_PATTERN, orderKey,
  Problem, readEnv, report, restHandler, truncatePage,
  type HistoryRecord,
} from '#shared';
import { listEvents } from './aws/history-table';
import { orderReadPublisher } from './aws/order-read-publisher';
import { ownOrderCheck } from './aws/ownership-check';

const env = readEnv('query-order-events');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);
const publishOrderReads = orderReadPublisher(env);
const isOwnOrder = ownOrderCheck(env);

/** GET /orders/{orderId}/events: the events of an order, oldest first. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  const identity = { orderId: event.pathParameters?.orderId ?? '', tenant: caller.tenant };
  if (!ORDER_ID_PATTERN.test(identity.orderId) || !await isOwnOrder(caller, identity)) throw notFound();
  const orderId = orderKey(identity);
  const query = historyQuery(event, orderId, env.TOKEN_KEY);
  const { records, next } = truncatePage(await listEvents(env.HISTORY_TABLE_NAME, orderId, query));
  const now = new Date();
  const visible = records.filter((record) => !isPastTimeToLive(record, now) && maySeeEvent(caller, record));
  if (visible.length === 0 && !query.after && !next) throw notFound();
  await publishOrderReads(event, correlationId, caller, [{ orderId, version: newestVersion(visible) }]);
  report('order history read', [{ outcome: 'OrderHistoryRead', orderId, correlationId }]);
  const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) };
  return jsonResponse(200, correlationId, { ...identityOf(orderId), items: visible.map(historyView), ...nextToken });
});

const notFound = (): Problem =>
  new Problem(404, 'order-not-found', 'the order has no events; the events of a newly accepted order appear within seconds');

/** Returns the newest order version in the events; 0 if they contain none. */
const newestVersion = (records: readonly HistoryRecord[]): number =>
  Math.max(0, ...records.map(({ metadata: { version } }) => version).filter((version) => Number.isSafeInteger(version)) as number[]);
