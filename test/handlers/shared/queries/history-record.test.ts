import { historyRecord, PoisonMessage } from '#shared';
import { busEvent } from '../../../support/bus-event';

const NOW = new Date('2026-02-01T00:00:00.999Z');
const recordOf = (event: unknown, retention?: number) => historyRecord(JSON.stringify(event), NOW, retention);

describe('an event of the pipeline', () => {
  test('is recorded completely, with the order ID and the event ID as keys', () => {
    const metadata = { eventId: 'event-1', orderId: 'order-1', occurredAt: '2026-01-31T12:00:00.000Z', version: 2, extra: { deep: [1] } };

    expect(recordOf(busEvent({}, metadata))).toEqual({
      orderId: 'order-1',
      eventId: 'event-1',
      occurredAt: '2026-01-31T12:00:00.000Z',
      listKey: '2026-01-31T12:00:00.000Z#0000000000000000#0000000000000002#event-1',
      type: 'OrderConfirmed',
      metadata,
      data: { n: 1 },
    });
  });

  test('expires after the retention', () => {
    expect(recordOf(busEvent(), 86_400).expiresAt).toBe(Date.parse('2026-02-02T00:00:00Z') / 1000);
  });
});

describe('an event of another system', () => {
  test.each([undefined, null, 7, '', 'a b', 'ä', 'x'.repeat(129)])('has the ID from EventBridge when its own is %j', (eventId) => {
    expect(recordOf(busEvent({}, { eventId })).eventId).toBe('envelope-1');
  });

  test.each([undefined, null, 7, '', 'yesterday', '2026-01-31', '9999-12-31T23:59:59-01:00'])('has the time from EventBridge when its own is %j', (occurredAt) => {
    expect(recordOf(busEvent({}, { occurredAt })).occurredAt).toBe('2026-01-31T12:00:01.000Z');
  });

  test('has its time in UTC for sorting, and its metadata unchanged', () => {
    const record = recordOf(busEvent({}, { occurredAt: '2026-01-31T14:00:00+02:00' }));

    expect(record.occurredAt).toBe('2026-01-31T12:00:00.000Z');
    expect(record.metadata.occurredAt).toBe('2026-01-31T14:00:00+02:00');
  });

  test.each([null, false, 0, '', 'text', [1], { a: null }])('can have the data %j', (data) => {
    expect(recordOf(busEvent({}, {}, data)).data).toEqual(data);
  });

  test('can have no data', () => {
    expect(recordOf(busEvent({ detail: { metadata: { orderId: 'order-1' } } }))).not.toHaveProperty('data');
  });
});

describe('a body that is not an event about an order fails as a poison message', () => {
  test.each<[string, string, string]>([
    ['is not JSON', 'canary', 'the body is not JSON'],
    ['is not an object', '[]', 'wrong or missing'],
    ['has no type', JSON.stringify(busEvent({ 'detail-type': undefined })), 'wrong or missing: /detail-type'],
    ['has no detail', JSON.stringify(busEvent({ detail: undefined })), 'wrong or missing: /detail'],
    ['has no metadata', JSON.stringify(busEvent({ detail: { data: {} } })), 'wrong or missing: /detail/metadata'],
    ['has no order', JSON.stringify(busEvent({}, { orderId: undefined })), 'wrong or missing: /detail/metadata/orderId'],
    ['has an order that can be none', JSON.stringify(busEvent({}, { orderId: 'canary canary' })), 'wrong or missing: /detail/metadata/orderId'],
    ['has a number for an order', JSON.stringify(busEvent({}, { orderId: 7 })), 'wrong or missing: /detail/metadata/orderId'],
    ['has no id at all', JSON.stringify(busEvent({ id: undefined }, { eventId: 'canary canary' })), 'the event has no valid ID'],
    ['has no time at all', JSON.stringify(busEvent({ time: 'canary' }, { occurredAt: 'canary' })), 'the event has no valid time'],
  ])('when it %s', (_, body, reason) => {
    const attempt = () => historyRecord(body, NOW);
    expect(attempt).toThrow(PoisonMessage);
    expect(attempt).toThrow(reason);
    expect(attempt).not.toThrow('canary');
  });
});
