import { eventOfChange, eventIdFor, nextExpiry, PoisonMessage, type OrderItem } from '#shared';
import { cancel, change, fulfill, live, place, reject } from '../../../support/sample-commands';
import { confirmedItem, orderValidated, rejectedItem, SAMPLE_TIME, sampleDocument } from '../../../support/sample-messages';

const placed = live([place(1)]).item;
const eventAfter = (before: OrderItem, ...commands: Parameters<typeof live>[0]) => eventOfChange(before, live(commands, before).item);

test('a new order is confirmed, with the time at which it was stored and what led to it', () => {
  expect(eventOfChange(undefined, confirmedItem())).toEqual({
    type: 'OrderConfirmed',
    metadata: {
      eventId: eventIdFor('OrderConfirmed', 'order-1', 'command-1'),
      eventType: 'OrderConfirmed',
      schemaVersion: 1,
      orderId: 'order-1',
      version: 1,
      commandId: 'command-1',
      sequence: 1,
      correlationId: 'correlation-1',
      causationId: orderValidated().metadata.eventId,
      occurredAt: SAMPLE_TIME,
      channel: 'api',
    },
    facts: { customerId: 'customer-1', currency: 'EUR', total: 4129, totalParts: { billions: 0, remainder: 4129 } },
    data: { order: sampleDocument(), status: 'CONFIRMED' },
  });
});

test('an order that replaces a rejected one is confirmed', () => {
  expect(eventAfter(rejectedItem(), place(2))?.type).toBe('OrderConfirmed');
});

test('a change shows the order after it, its version and what it changed', () => {
  expect(eventAfter(placed, change(2, { notes: 'new' }))).toMatchObject({
    type: 'OrderChanged', metadata: { version: 2, sequence: 2, commandId: 'command-2' }, data: { order: sampleDocument({ notes: 'new' }), status: 'CONFIRMED', changed: ['notes'] },
  });
});

test('a cancellation shows the order and the reason', () => {
  expect(eventAfter(placed, cancel(2, 'too dear'))).toMatchObject({
    type: 'OrderCancelled', metadata: { version: 2 }, data: { order: sampleDocument(), status: 'CANCELLED', reason: 'too dear' },
  });
});

test.each([
  ['a change', change(3), 'OrderChangeRefused'], ['a fulfillment', fulfill(3), 'OrderFulfillmentRefused'],
])('a refusal of %s has its reason and the status of the order, but not its content', (_, command, type) => {
  const event = eventAfter(live([place(1), cancel(2)]).item, command);

  expect(event).toMatchObject({ type, metadata: { version: 2, sequence: 3, channel: command.channel } });
  expect(event?.data).toEqual({ code: 'ORDER_CANCELLED', reason: 'the order is cancelled and cannot change any more', currentStatus: 'CANCELLED', currentVersion: 2 });
});

test('an order that claims a taken id is rejected, without a word of the one that has it', () => {
  const event = eventAfter(live([place(1, { customerId: 'another-customer' })]).item, place(2));

  expect(event).toMatchObject({ type: 'OrderRejected', metadata: { sequence: 2, commandId: 'command-2' }, data: { code: 'DUPLICATE_ORDER_ID' } });
  expect(JSON.stringify(event)).not.toContain('another-customer');
});

test('commands whose order never came are refused, in version 0', () => {
  const { item } = live([cancel(1)]);
  const event = eventOfChange(item, nextExpiry(item, new Date('2026-03-01'))!.item);

  expect(event).toMatchObject({ type: 'OrderCancellationRefused', metadata: { version: 0, sequence: 1, occurredAt: '2026-03-01T00:00:00.000Z' }, data: { code: 'ORDER_NOT_FOUND' } });
  expect(event?.data).not.toHaveProperty('currentStatus');
});

test('an event leaves the bookkeeping of its item behind', () => {
  const { item } = live([change(4, { notes: 'canary' }), change(2)], placed);

  expect(JSON.stringify(eventOfChange(placed, item))).not.toMatch(/fingerprint|placement|createdAt|pending|revision|listKey|Shard|canary|"outcome"/);
});

test('a change that is delivered twice is the same event', () => {
  expect(eventAfter(placed, change(2))).toEqual(eventAfter(placed, change(2)));
});

test.each<[string, OrderItem | undefined, OrderItem | undefined]>([
  ['a rejection', undefined, rejectedItem()],
  ['a rejection in the place of another', rejectedItem(), live([reject(2)], rejectedItem()).item],
  ['an expired rejection', rejectedItem(), undefined],
  ['a removed order', confirmedItem(), undefined],
  ['an order in the same revision', confirmedItem(), { ...confirmedItem(), expiresAt: 1 }],
  ['a change that changes nothing', placed, live([change(2, { notes: null })], placed).item],
  ['a repeated order', placed, live([place(2)], placed).item],
  ['a fulfillment, of which the bus knows', placed, live([fulfill(2)], placed).item],
  ['a command that is pending', placed, live([cancel(3)], placed).item],
  ['a command that waits for its order', undefined, live([change(1)]).item],
  ['a change after one that was published', live([change(2)], placed).item, live([change(3)], live([change(2)], placed).item).item],
])('%s is not news', (_, before, after) => {
  expect(eventOfChange(before, after)).toBeUndefined();
});

test.each<[string, Record<string, unknown>, string]>([
  ['its version', { version: 'one' }, '/version'],
  ['its id', { orderId: 'an order' }, '/orderId'],
  ['the time of what happened', { outcome: { ...placed.outcome, at: 'yesterday' } }, '/outcome/at'],
  ['a known type of what happened', { outcome: { ...placed.outcome, type: 'OrderShipped' } }, '/outcome/type'],
  ['the place of what led to it', { outcome: { ...placed.outcome, sequence: 'sequence-1' } }, '/outcome/sequence'],
])('fails when an item lacks %s', (_, changes, path) => {
  const wrong = { ...placed, ...changes } as unknown as OrderItem;

  expect(() => eventOfChange(undefined, wrong)).toThrow(new PoisonMessage(`wrong or missing: ${path}`));
});
