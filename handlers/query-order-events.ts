import {
  fitPage, historyQuery, historyView, isExpired, json, ORDER_ID_PATTERN, Problem, readEnv, report, restHandler, writeToken, type HistoryRecord,
} from '#shared';
import { listEvents } from './aws/history-table';
import { readRecorder } from './aws/read-recorder';

const env = readEnv('query-order-events');
const recordRead = readRecorder(env);

/** GET /orders/{orderId}/events: what happened to an order, oldest first. */
export const handler = restHandler(async (event, correlationId) => {
  const orderId = event.pathParameters?.orderId ?? '';
  if (!ORDER_ID_PATTERN.test(orderId)) throw notFound();
  const query = historyQuery(event, orderId, env.TOKEN_KEY);
  const { records, next } = fitPage(await listEvents(env.HISTORY_TABLE_NAME, orderId, query));
  const now = new Date();
  const shown = records.filter((record) => !isExpired(record, now));
  if (shown.length === 0 && !query.after && !next) throw notFound();
  await recordRead(event, correlationId, [{ orderId, version: newestVersion(shown) }]);
  report('order history read', [{ outcome: 'OrderHistoryRead', orderId, correlationId }]);
  const nextToken = next === undefined ? {} : { nextToken: writeToken(env.TOKEN_KEY, query.signedFor, next) };
  return json(200, correlationId, { orderId, items: shown.map(historyView), ...nextToken });
});

const notFound = (): Problem =>
  new Problem(404, 'order-not-found', 'nothing is known of such an order; one that was just accepted shows up within seconds');

/** The newest version of the order that the events tell of; 0 when they tell of none. */
const newestVersion = (records: readonly HistoryRecord[]): number =>
  Math.max(0, ...records.map(({ metadata: { version } }) => version).filter((version) => Number.isSafeInteger(version)) as number[]);
