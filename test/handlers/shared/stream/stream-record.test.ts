import { decodeTime } from 'ulid';
import { streamRecord } from '../../../../handlers/shared/stream/stream-record';
import { busEvent } from '../../../support/bus-event';

const COMMAND_ID = '01HQ3V7J5B4M0Y8N2T6W9R1XKZ';
const recordOf = (event: object) => streamRecord(JSON.stringify(event));
const withMetadata = (metadata: Record<string, unknown>) => busEvent({ detail: { metadata, data: {} } });

test('a record has the event as it was published, with its ID, key and time, as one line', () => {
  const event = busEvent();
  const { data } = recordOf(event);
  expect(data.indexOf('\n')).toBe(data.length - 1);
  expect(JSON.parse(data)).toEqual({ eventId: 'event-1', partitionKey: 'order-1', occurredAt: '2026-01-31T12:00:00.000Z', ...event });
});

test('a record has the time at which the command of the event was accepted, which its ID contains', () => {
  const { acceptedAt } = JSON.parse(recordOf(busEvent({}, { commandId: COMMAND_ID })).data);
  expect(Date.parse(acceptedAt)).toBe(decodeTime(COMMAND_ID));
  expect(JSON.parse(recordOf(busEvent({}, { commandId: '0123456789abcdef0123456789abcdef' })).data)).not.toHaveProperty('acceptedAt');
});

test('the text of the event does not change: numbers keep the digits that JavaScript would round', () => {
  const body = '{"id":"e-1","time":"2026-01-31T12:00:00Z","detail-type":"Weighed","detail":{"metadata":{},"data":{"grams":9007199254740993.10}}}';
  expect(streamRecord(body).data).toBe(`{"eventId":"e-1","partitionKey":"e-1","occurredAt":"2026-01-31T12:00:00.000Z",${body.slice(1)}\n`);
});

test('line breaks between the tokens of an event do not break the line', () => {
  const { data } = streamRecord(`\r\n${JSON.stringify(busEvent({}, {}, { notes: 'two\nlines' }), undefined, 2)}\n`);
  expect(data.trimEnd()).not.toMatch(/[\r\n]/);
  expect(JSON.parse(data).detail.data).toEqual({ notes: 'two\nlines' });
});

describe('the partition key', () => {
  test.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['is the order', { orderId: 'order-1' }, 'order-1', 'order-1'],
    ['is the tenant and the order', { tenant: 'acme', orderId: 'order-1' }, 'acme/order-1', 'acme/order-1'],
    ['is the file of an event about a file', { fileId: '0123' }, '0123', undefined],
    ['is the ID of an event without an order or file', {}, 'envelope-1', undefined],
    ['is the ID of an event whose order ID is not one', { orderId: 'a/b' }, 'envelope-1', undefined],
    ['is the ID of an event whose order ID is not text', { orderId: 7 }, 'envelope-1', undefined],
    ['is the ID of an event whose tenant is not one', { orderId: 'order-1', tenant: 'two words' }, 'envelope-1', undefined],
    ['is the ID of an event whose tenant is not text', { orderId: 'order-1', tenant: {} }, 'envelope-1', undefined],
    ['is the ID of an event whose file ID is too long', { fileId: 'f'.repeat(129) }, 'envelope-1', undefined],
  ])('%s', (_, metadata, partitionKey, orderId) => {
    const record = recordOf(withMetadata(metadata));
    expect([record.partitionKey, record.orderId]).toEqual([partitionKey, orderId]);
  });

  test('is the ID of an event without metadata', () => {
    expect(recordOf(busEvent({ detail: {} })).partitionKey).toBe('envelope-1');
  });
});

test('positions sort the events of an order by time, sequence number and version', () => {
  const position = (metadata: Record<string, unknown>) => recordOf(busEvent({}, metadata)).position;
  const positions = [
    position({ occurredAt: '2026-01-31T12:00:00.000Z', sequence: 1, version: 1 }),
    position({ occurredAt: '2026-01-31T12:00:00.001Z', sequence: 1, version: 1 }),
    position({ occurredAt: '2026-01-31T12:00:00.001Z', sequence: 2, version: 0 }),
    position({ occurredAt: '2026-01-31T12:00:00.001Z', sequence: 2, version: 10 }),
  ];
  expect([...positions].sort()).toEqual(positions);
});

test.each<[string, string, string]>([
  ['is not JSON', 'no JSON', 'the body is not JSON'],
  ['is not an event', '{"detail":{}}', 'wrong or missing: /detail-type'],
  ['has no ID', JSON.stringify(busEvent({ id: undefined }, { eventId: '' })), 'the event has no valid ID in metadata.eventId or from EventBridge'],
  ['has no time', JSON.stringify(busEvent({ time: undefined }, { occurredAt: 'now' })), 'the event has no valid time in metadata.occurredAt or from EventBridge'],
])('fails as a poison message when the body %s', (_, body, message) => {
  expect(() => streamRecord(body)).toThrow(expect.objectContaining({ name: 'PoisonMessage', message }));
});

test('fails as a poison message when the event is too large for Kinesis, in bytes of UTF-8', () => {
  expect(() => recordOf(busEvent({}, {}, { text: 'é'.repeat(524_288) }))).toThrow(/^the event has 1048\d{3} bytes as a record, more than the 1048576 of Kinesis$/);
  expect(() => recordOf(busEvent({}, {}, { text: 'é'.repeat(524_000) }))).not.toThrow();
});
