import {
  createPaginationToken, historyQuery, historyView, identityOf, isPastTimeToLive, maySeeEvent, ORDER_ID_PATTERN, orderKey, Problem, report,
  truncatePage,
  type ApiRequest, type Caller, type HistoryRecord,
} from '#shared';
import type { PublisherEnv } from './event-bus';
import { listEvents } from './history-table';
import { orderReadPublisher } from './order-read-publisher';
import { ownOrderCheck } from './ownership-check';

/** What the reader of the history needs of the environment of its handler. */
interface HistoryReaderEnv extends Partial<PublisherEnv> {
  readonly HISTORY_TABLE_NAME: string;
  readonly TOKEN_KEY: string;
  readonly ORDERS_TABLE_NAME?: string;
}

/**
 * Makes the function that lists the events of an order, oldest first, by the query of the request. It throws a `Problem` 404 for an order without
 * events, or one that the caller may not see.
 *
 * @param maxBytes the maximum size of a page as JSON; by default, that of a response of API Gateway.
 */
export function historyReader(env: HistoryReaderEnv, maxBytes?: number) {
  const publishOrderReads = orderReadPublisher(env);
  const isOwnOrder = ownOrderCheck(env);
  return async (request: ApiRequest, givenId: string, correlationId: string, caller: Caller): Promise<Record<string, unknown>> => {
    const identity = { orderId: givenId, tenant: caller.tenant };
    if (!ORDER_ID_PATTERN.test(givenId) || !await isOwnOrder(caller, identity)) throw notFound();
    const orderId = orderKey(identity);
    const query = historyQuery(request, orderId, env.TOKEN_KEY);
    const { records, next } = truncatePage(await listEvents(env.HISTORY_TABLE_NAME, orderId, query), maxBytes);
    const now = new Date();
    const visible = records.filter((record) => !isPastTimeToLive(record, now) && maySeeEvent(caller, record));
    if (visible.length === 0 && !query.after && !next) throw notFound();
    await publishOrderReads(request, correlationId, caller, [{ orderId, version: newestVersion(visible) }]);
    report('order history read', [{ outcome: 'OrderHistoryRead', orderId, correlationId }]);
    const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) };
    return { ...identityOf(orderId), items: visible.map(historyView), ...nextToken };
  };
}

const notFound = (): Problem =>
  new Problem(404, 'order-not-found', 'the order has no events; the events of a newly accepted order appear within seconds');

/** Returns the newest order version in the events; 0 if they contain none. */
const newestVersion = (records: readonly HistoryRecord[]): number =>
  Math.max(0, ...records.map(({ metadata: { version } }) => version).filter((version) => Number.isSafeInteger(version)) as number[]);
