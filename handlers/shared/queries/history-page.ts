import * as z from 'zod/mini';
import type { HistoryRecord } from './history-record';
import { assertQuery, limitErrors, MAX_LIMIT, parameterErrors, readNextToken, type RequestQuery } from './list-query';

const pageKeySchema = z.object({ orderId: z.string(), eventId: z.string(), occurredAt: z.string() });

/** Where a page of events ends: the key of its last one. */
export type HistoryPageKey = z.infer<typeof pageKeySchema>;

/** Some events of an order, oldest first, and where the page ends, if events may follow. */
export interface HistoryPage {
  readonly records: readonly HistoryRecord[];
  readonly next?: HistoryPageKey;
}

/** What a client asks for when it lists the events of an order. */
export interface HistoryQuery {
  readonly limit: number;
  readonly after?: HistoryPageKey;
  /** What tokens of this list are signed for. */
  readonly signedFor: string;
}

/**
 * Reads the query of `GET /orders/{orderId}/events`.
 *
 * @throws Problem 400 naming everything that is wrong.
 */
export function historyQuery(request: RequestQuery, orderId: string, tokenKey: string): HistoryQuery {
  const { limit = String(MAX_LIMIT), nextToken } = request.queryStringParameters ?? {};
  const signedFor = JSON.stringify(['events', orderId]);
  const { position: after, faults } = readNextToken(tokenKey, signedFor, nextToken, pageKeySchema);
  assertQuery([...limitErrors(limit), ...faults, ...parameterErrors(request, ['limit', 'nextToken'])]);
  return { limit: Number(limit), after, signedFor };
}

/** Lambda answers at most 6 MB, in which the text of the answer is escaped once more: an event can take seven times its size. */
const MAX_BYTES = 4_000_000;

/** As much of a page as can be answered, and at least one event. */
export function fitPage({ records, next }: HistoryPage): HistoryPage {
  let bytes = 0;
  const count = records.findIndex((record) => (bytes += escapedBytes(record)) > MAX_BYTES);
  if (count < 0) return { records, next };
  const shown = records.slice(0, Math.max(count, 1));
  const { orderId, eventId, occurredAt } = shown.at(-1)!;
  return { records: shown, next: shown.length < records.length ? { orderId, eventId, occurredAt } : next };
}

const escapedBytes = (record: HistoryRecord): number => Buffer.byteLength(JSON.stringify(JSON.stringify(historyView(record))));

/** What of an event's metadata is shown, where it is of the type that our own events have: other systems may say anything. */
const SHOWN = {
  version: 'number', sequence: 'number', commandId: 'string', correlationId: 'string', causationId: 'string', channel: 'string',
} as const;

/** What a client sees of an event. */
export function historyView({ eventId, type, occurredAt, metadata, data }: HistoryRecord): Record<string, unknown> {
  const shown = Object.entries(SHOWN).filter(([name, kind]) => typeof metadata[name] === kind).map(([name]) => [name, metadata[name]]);
  return { eventId, type, occurredAt, ...Object.fromEntries(shown), data };
}
