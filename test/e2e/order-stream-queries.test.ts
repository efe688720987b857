import { ulid } from 'ulid';
import { streamRecord } from '../../handlers/shared/stream/stream-record';
import { NAMED_QUERIES } from '../../src/private/stream/query-text';
import { athenaQuery, type EventRow } from '../support/athena-query';
import { busEvent } from '../support/bus-event';

const DAY_MS = 86_400_000;
/** Noon, so many days ago. */
const noon = (daysAgo: number): number => Math.floor(Date.now() / DAY_MS) * DAY_MS - daysAgo * DAY_MS + DAY_MS / 2;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** What differs between the events of these tests. */
interface Sample {
  readonly type: string;
  readonly orderId: string;
  readonly at: number;
  readonly eventId?: string;
  readonly metadata?: Record<string, unknown>;
  readonly data?: unknown;
  /** The day of arrival, if it is not that of the event. */
  readonly arrivedOn?: string;
}

/** A row of the table, as the handler writes it. */
function row({ type, orderId, at, eventId = `${type}-${orderId}`, metadata = {}, data = {}, arrivedOn = dayOf(at) }: Sample): EventRow {
  const event = busEvent({ 'detail-type': type }, { eventId, eventType: type, orderId, channel: 'api', occurredAt: new Date(at).toISOString(), ...metadata }, data);
  return [arrivedOn, streamRecord(JSON.stringify(event)).data.trimEnd()];
}

const confirmed = (orderId: string, at: number, metadata?: Record<string, unknown>) => row({ type: 'OrderConfirmed', orderId, at, metadata });
const rejected = (orderId: string, code: string, errors: object[], at = noon(1)) => row({ type: 'OrderRejected', orderId, at, data: { code, reason: 'no', errors } });

/** Events that no query may count or fail for: of other types and of other systems, whose metadata can be anything. */
const OTHERS: EventRow[] = [
  row({ type: 'OrderValidated', orderId: 'o-1', at: noon(1) }),
  row({ type: 'OrderWeighed', orderId: 'o-1', at: noon(1), metadata: { version: 'seven', sequence: {}, channel: ['api'] }, data: [1, 'two', null] }),
  [dayOf(noon(1)), streamRecord('{"id":"e-1","time":"2026-01-31T12:00:00Z","detail-type":"Ping","detail":{}}').data],
];

const run = (query: keyof typeof NAMED_QUERIES, rows: readonly EventRow[]) => athenaQuery(NAMED_QUERIES[query].sql, [...rows, ...OTHERS]);

describe('orders per day and channel', () => {
  test('counts confirmed and rejected orders of a day and channel, each once', async () => {
    const copy = confirmed('o-1', noon(1));
    const result = await run('OrdersPerDay', [
      copy, copy, [dayOf(noon(0)), copy[1]],
      confirmed('o-2', noon(1)),
      confirmed('o-3', noon(1), { channel: 'file' }),
      confirmed('o-4', noon(2)),
      rejected('o-5', 'INVALID_ORDER', []),
    ]);
    expect(result).toEqual([
      { tenant: null, order_day: dayOf(noon(2)), channel: 'api', confirmed: 1, rejected: 0 },
      { tenant: null, order_day: dayOf(noon(1)), channel: 'api', confirmed: 2, rejected: 1 },
      { tenant: null, order_day: dayOf(noon(1)), channel: 'file', confirmed: 1, rejected: 0 },
    ]);
  });

  test('counts the same order ID of two tenants twice', async () => {
    const result = await run('OrdersPerDay', ['acme', 'zeta'].map((tenant) => confirmed('o-1', noon(1), { tenant, eventId: 'same' })));
    expect(result.map(({ tenant, confirmed: count }) => [tenant, count])).toEqual([['acme', 1], ['zeta', 1]]);
  });

  test('counts an event that arrives later on the day on which it occurred', async () => {
    const late = row({ type: 'OrderConfirmed', orderId: 'o-1', at: noon(3), arrivedOn: dayOf(noon(1)) });
    expect(await run('OrdersPerDay', [late])).toMatchObject([{ order_day: dayOf(noon(3)), confirmed: 1 }]);
  });

  test('reads 30 days and no older ones', async () => {
    const result = await run('OrdersPerDay', [confirmed('o-1', noon(30)), confirmed('o-2', noon(31))]);
    expect(result.map(({ order_day: day }) => day)).toEqual([dayOf(noon(30))]);
  });

  test('has no rows without events', async () => {
    expect(await athenaQuery(NAMED_QUERIES.OrdersPerDay.sql, [])).toEqual([]);
  });
});

describe('rejection reasons', () => {
  test('counts orders by the code of the rejection, the codes of the errors and the fields, whatever line item they are in', async () => {
    const negative = (index: number) => ({ path: `/items/${index}/quantity`, code: 'MINIMUM', message: 'must be positive' });
    const copy = rejected('o-1', 'INVALID_ORDER', [negative(0), negative(12), { path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 7' }]);
    const result = await run('RejectionReasons', [
      copy, copy, rejected('o-2', 'INVALID_ORDER', [negative(3)]), rejected('o-3', 'DUPLICATE_ORDER_ID', []), row({ type: 'OrderRejected', orderId: 'o-4', at: noon(1), data: { code: 'EXPIRED' } }),
    ]);
    expect(result).toEqual([
      { tenant: null, code: 'INVALID_ORDER', error_code: 'MINIMUM', field: '/items/*/quantity', orders: 2 },
      { tenant: null, code: 'DUPLICATE_ORDER_ID', error_code: null, field: null, orders: 1 },
      { tenant: null, code: 'EXPIRED', error_code: null, field: null, orders: 1 },
      { tenant: null, code: 'INVALID_ORDER', error_code: 'TOTAL_MISMATCH', field: '/total', orders: 1 },
    ]);
  });
});

describe('time from accepted to confirmed', () => {
  test('is from the time in the ID of the command to that of the event, by day and channel', async () => {
    const after = (orderId: string, milliseconds: number, channel = 'api') => confirmed(orderId, noon(1), { commandId: ulid(noon(1) - milliseconds), channel });
    const copy = after('o-1', 1000);
    expect(await run('TimeToConfirmation', [copy, copy, after('o-2', 2000), after('o-3', 61_500), after('o-4', 250, 'file')])).toEqual([
      { tenant: null, order_day: dayOf(noon(1)), channel: 'api', orders: 3, median_seconds: 2, p99_seconds: expect.any(Number), longest_seconds: 61.5 },
      { tenant: null, order_day: dayOf(noon(1)), channel: 'file', orders: 1, median_seconds: 0.25, p99_seconds: 0.25, longest_seconds: 0.25 },
    ]);
  });

  test('leaves out orders of which the time of acceptance is not known', async () => {
    expect(await run('TimeToConfirmation', [confirmed('o-1', noon(1), { commandId: '0123456789abcdef0123456789abcdef' })])).toEqual([]);
  });
});

test('fails when a query is not valid in the dialect of Athena', async () => {
  await expect(athenaQuery('SELECT FROM WHERE', [])).rejects.toThrow('ParseError');
});
