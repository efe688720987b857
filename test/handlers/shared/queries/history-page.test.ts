import { historyQuery, historyView, Problem, createPaginationToken, type HistoryRecord } from '#shared';
import { tampered } from '../../../support/tampered';

const KEY = 'token-key-1';
const POSITION = { orderId: 'order-1', listKey: 'key-1' };
const TIME = '2026-01-31T12:00:00.000Z';
type Parameters = Record<string, string> | null;
const query = (parameters: Parameters, orderId = 'order-1') =>
  historyQuery({ queryStringParameters: parameters, multiValueQueryStringParameters: null }, orderId, KEY);
const token = (position: unknown = POSITION) => createPaginationToken(KEY, query(null).tokenScope, position);

function faults(parameters: Parameters, orderId?: string): [path: string, code: string][] {
  try {
    query(parameters, orderId);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return (error as Problem).errors.map(({ path, code }) => [path, code]);
  }
}

describe('a query for the events of an order', () => {
  test('has the limit 100 by default', () => {
    expect(query(null)).toMatchObject({ limit: 100, after: undefined });
    expect(query({ limit: '7' })).toMatchObject({ limit: 7 });
  });

  test('continues after the previous page', () => {
    expect(query({ nextToken: token() }).after).toEqual(POSITION);
  });

  test('fails when any one character of its token is changed', () => {
    for (const nextToken of tampered(token())) expect(faults({ nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails when its token is for another order', () => {
    expect(faults({ nextToken: token() }, 'order-2')).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test.each([null, 'x', {}, { ...POSITION, listKey: 7 }])('fails when the position in its token is %j', (position) => {
    expect(faults({ nextToken: token(position) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails with all errors', () => {
    expect(faults({ limit: '101', nextToken: 'x', status: 'CONFIRMED' }))
      .toEqual([['limit', 'INVALID_LIMIT'], ['nextToken', 'INVALID_TOKEN'], ['status', 'UNKNOWN_PARAMETER']]);
  });
});

describe('the view of an event', () => {
  const record = (metadata: Record<string, unknown>): HistoryRecord => ({ ...POSITION, eventId: 'event-1', occurredAt: TIME, type: 'OrderChanged', metadata, data: { n: 1 }, expiresAt: 7 });

  test('has its ID, type, time, data, sequence, cause and channel, without internal attributes', () => {
    const metadata = { version: 2, sequence: 3, commandId: 'c', correlationId: 'r', causationId: 'e', channel: 'api' };

    expect(historyView(record({ ...metadata, eventId: 'event-1', orderId: 'order-1', schemaVersion: 1 })))
      .toEqual({ eventId: 'event-1', type: 'OrderChanged', occurredAt: TIME, ...metadata, data: { n: 1 } });
  });

  test('omits metadata of other types, and absent metadata', () => {
    expect(historyView(record({ version: '2', sequence: null, commandId: 7, correlationId: {}, channel: ['api'] })))
      .toEqual({ eventId: 'event-1', type: 'OrderChanged', occurredAt: TIME, data: { n: 1 } });
  });
});
