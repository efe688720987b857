import { changeToEvent, PoisonMessage, type OrderItem } from '#shared';
import { confirmedItem, orderValidated, rejectedItem, SAMPLE_TIME, samplePricedOrder } from '../../support/sample-messages';

test('a new order is confirmed, with the time at which it was stored', () => {
  expect(changeToEvent(undefined, confirmedItem())).toMatchObject({
    type: 'OrderConfirmed',
    metadata: { orderId: 'order-1', version: 1, commandId: 'command-1', causationId: orderValidated().metadata.eventId, occurredAt: SAMPLE_TIME },
    data: { order: samplePricedOrder(), status: 'CONFIRMED' },
  });
});

test('an event leaves the bookkeeping of its item behind', () => {
  expect(JSON.stringify(changeToEvent(undefined, confirmedItem()))).not.toMatch(/fingerprint|placement|createdAt/);
});

test('an order in the place of a rejected one is confirmed', () => {
  expect(changeToEvent(rejectedItem(), confirmedItem())?.type).toBe('OrderConfirmed');
});

test('a change that is told twice is the same event', () => {
  expect(changeToEvent(undefined, confirmedItem())).toEqual(changeToEvent(undefined, confirmedItem()));
});

test.each<[string, OrderItem | undefined, OrderItem | undefined]>([
  ['a rejection', undefined, rejectedItem()],
  ['an expired rejection', rejectedItem(), undefined],
  ['a removed order', confirmedItem(), undefined],
  ['an order in the same version', confirmedItem(), confirmedItem()],
])('%s is no news', (_, before, after) => {
  expect(changeToEvent(before, after)).toBeUndefined();
});

test.each([
  ['its trace', { lastCommand: undefined }, '/lastCommand'],
  ['its total', { total: undefined }, '/total'],
  ['its items', { items: [] }, '/items'],
  ['its time', { updatedAt: 'yesterday' }, '/updatedAt'],
])('fails when an item lacks %s', (_, changes, path) => {
  const wrong = { ...confirmedItem(), ...changes } as unknown as OrderItem;

  expect(() => changeToEvent(undefined, wrong)).toThrow(new PoisonMessage(`wrong or missing: ${path}`));
});
