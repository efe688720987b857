import { liveEvent, PoisonMessage, topicOf } from '#shared';
import { busEvent } from '../../../support/bus-event';

const NOW = new Date('2026-01-31T12:00:00Z');
const parse = (event: object) => liveEvent(JSON.stringify(event), NOW);
const FILE = '0123456789abcdef0123456789abcdef';
const fileEvent = (metadata: object) => ({
  'detail-type': 'OrderFileProcessed', 'detail': { metadata: { eventId: 'event-1', occurredAt: '2026-01-31T12:00:00.000Z', ...metadata }, data: { key: 'incoming/a.json' } },
});

test('an event of an order is about the order, and its customer', () => {
  const metadata = { eventId: 'event-1', orderId: 'order-1', tenant: 'acme', version: 2, occurredAt: '2026-01-31T12:00:00.000Z', pipeline: 'internal' };
  const event = parse(busEvent({ detail: { metadata, facts: { customerId: 'c-1' }, data: { n: 1 } } }))!;
  expect(event.targets).toEqual([
    { target: { orderId: 'order-1' }, topic: 'order#acme/order-1' }, { target: { customerId: 'c-1' }, topic: 'customer#acme/c-1' },
  ]);
  expect(event).toMatchObject({ orderKey: 'acme/order-1', customerId: 'c-1' });
  expect(event.view).toEqual({
    tenant: 'acme', orderId: 'order-1', eventId: 'event-1', type: 'OrderConfirmed', occurredAt: '2026-01-31T12:00:00.000Z', version: 2, facts: { customerId: 'c-1' }, data: { n: 1 },
  });
});

test('an event without a customer is about the order only', () => {
  expect(parse(busEvent())!.targets).toEqual([{ target: { orderId: 'order-1' }, topic: 'order#order-1' }]);
});

test('an event of a file is about the file', () => {
  expect(parse(fileEvent({ fileId: FILE, tenant: 'acme' }))).toEqual({
    targets: [{ target: { fileId: FILE }, topic: `file#${FILE}` }],
    view: { tenant: 'acme', fileId: FILE, eventId: 'event-1', type: 'OrderFileProcessed', occurredAt: '2026-01-31T12:00:00.000Z', data: { key: 'incoming/a.json' } },
  });
});

test('who reads an order is not shown', () => {
  expect(parse(busEvent({ 'detail-type': 'OrderRead' }))).toBeUndefined();
});

test.each([['no event', {}], ['an event without an order', busEvent({ detail: { metadata: {} } })], ['a file without an ID', fileEvent({})]])('fails for %s', (_, event) => {
  expect(() => parse(event)).toThrow(PoisonMessage);
});

test('the topics of tenants, and of orders and customers with the same ID, differ', () => {
  const topics = [undefined, 'acme', 'globex'].flatMap((tenant) => [topicOf({ orderId: 'x' }, tenant), topicOf({ customerId: 'x' }, tenant)]);
  expect(new Set(topics).size).toBe(topics.length);
});
