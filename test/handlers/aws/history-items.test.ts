import '../../support/handler-env';
import { fromHistoryItem, toHistoryItem } from '../../../handlers/aws/history-items';
import { itemSize } from '../../../handlers/aws/item-size';
import type { HistoryRecord } from '../../../handlers/shared';

const record = (data: unknown): HistoryRecord => ({
  orderId: 'order-1',
  eventId: 'event-1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  listKey: '2026-01-31T12:00:00.000Z#0000000000000001#0000000000000001#event-1',
  type: 'OrderConfirmed',
  metadata: { orderId: 'order-1', version: 1, channel: 'api' },
  facts: { customerId: 'customer-1', total: 1890 },
  data,
  expiresAt: 1_800_000_000,
}) as HistoryRecord;

const lineItems = (count: number) => Array.from({ length: count }, (_, n) => ({ sku: `coffee-${n}`, quantity: n, unitPrice: 1890 + n, description: 'Coffee, roasted' }));

test('an item of at most a write unit has its contents as attributes', () => {
  expect(toHistoryItem(record({ order: { items: lineItems(1) } }))).toMatchObject({ metadata: { M: {} }, facts: { M: { total: { N: '1890' } } }, data: { M: {} } });
});

test('an event with an order of two kilobytes takes one write unit', () => {
  const data = { order: { items: lineItems(24) }, status: 'CONFIRMED' };
  expect(Buffer.byteLength(JSON.stringify(data))).toBeGreaterThan(2000);
  expect(itemSize(toHistoryItem(record(data)))).toBeLessThanOrEqual(1024);
});

test.each([0, 1, 20, 2000])('a record with an order of %d line items is read as it was written', (count) => {
  const written = record({ order: { items: lineItems(count), notes: '€ "\\ \u2028 __proto__', empty: {}, none: null }, constructor: [1.5, true] });
  expect(fromHistoryItem(toHistoryItem(written))).toEqual(written);
});

test('a record without facts and data is read without them', () => {
  const { facts, data, ...written } = { ...record(undefined), metadata: { orderId: 'order-1', note: 'x'.repeat(5000) } };
  const read = fromHistoryItem(toHistoryItem(written));
  expect(read).toEqual(written);
  expect(Object.keys(read)).not.toContain('data');
});
