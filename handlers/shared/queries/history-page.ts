import * as z from 'zod/mini';
import { shownMetadata } from './history-contents';
import type { HistoryRecord } from './history-record';
import { assertValidQuery, limitErrors, MAX_LIMIT, parameterErrors, readNextToken, type RequestQuery } from './list-query';
import type { OrderKey } from '../orders/order-identity';

const pageKeySchema = z.object({ orderId: z.string(), listKey: z.string() });

/** The key of the last event on a page. */
export type HistoryPageKey = z.infer<typeof pageKeySchema>;

/** A page of an order's events, oldest first, and its last key if more events may follow. */
export interface HistoryPage {
  readonly records: readonly HistoryRecord[];
  readonly next?: HistoryPageKey;
}

/** The parameters of `GET /orders/{orderId}/events`. */
export interface HistoryQuery {
  readonly limit: number;
  readonly after?: HistoryPageKey;
  /** The query for which the pagination token is valid. */
  readonly tokenScope: string;
}

/**
 * Parses the query of `GET /orders/{orderId}/events`.
 *
 * @throws Problem 400 with all errors in the query.
 */
export function historyQuery(request: RequestQuery, orderId: OrderKey, tokenKey: string): HistoryQuery {
  const { limit = String(MAX_LIMIT), nextToken } = request.queryStringParameters ?? {};
  const tokenScope = JSON.stringify(['events', orderId]);
  const { position: after, errors } = readNextToken(tokenKey, tokenScope, nextToken, pageKeySchema);
  assertValidQuery([...limitErrors(limit), ...errors, ...parameterErrors(request, ['limit', 'nextToken'])]);
  return { limit: Number(limit), after, tokenScope };
}

/** A Lambda response has at most 6 MB, including a second level of JSON escaping: an event can take seven times its size. */
const MAX_BYTES = 4_000_000;

/** Truncates a page to the size limit of a response. At least one event remains. */
export function truncatePage({ records, next }: HistoryPage, maxBytes = MAX_BYTES): HistoryPage {
  let bytes = 0;
  const count = records.findIndex((record) => (bytes += escapedBytes(record)) > maxBytes);
  if (count < 0) return { records, next };
  const shown = records.slice(0, Math.max(count, 1));
  const { orderId, listKey } = shown.at(-1)!;
  return { records: shown, next: shown.length < records.length ? { orderId, listKey } : next };
}

const escapedBytes = (record: HistoryRecord): number => Buffer.byteLength(JSON.stringify(JSON.stringify(historyView(record))));

/** Returns an event as the API shows it. */
export const historyView = ({ eventId, type, occurredAt, metadata, facts, data, omitted }: HistoryRecord): Record<string, unknown> =>
  ({ eventId, type, occurredAt, ...shownMetadata(metadata), facts, data, omitted });
