import '../support/handler-env';
import { handler } from '../../handlers/fulfill-order';
import { eventIdFor, eventOfChange, type OrderItem, type Refusal } from '../../handlers/shared';
import { loggedText } from '../support/captured-logs';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { acceptEvents, publishedEvents } from '../support/published-events';
import { cancellationRequested, confirmedItem, fromOutside, itemAfter, onTheBus, orderValidated, SAMPLE_TIME } from '../support/sample-messages';
import { sentMessages } from '../support/sent-messages';
import { failed } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

const itemsFulfilled = (data: unknown, metadata: Record<string, unknown> = {}) => fromOutside('OrderItemsFulfilled', data, metadata);
const fulfilled = (data?: unknown, metadata: Record<string, unknown> = {}) => fromOutside('OrderFulfilled', data, metadata);

describe('an order that is fulfilled', () => {
  beforeEach(() => {
    table.seed(confirmedItem());
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: SAMPLE_TIME });
  });

  test.each([undefined, {}, { parcel: 'p-1', boxes: [{ weight: 1.5 }] }])('marks its order as fulfilled, with any data: %j', async (data) => {
    expect(await deliver(handler, fulfilled(data))).toEqual(failed());

    expect(table.order()).toMatchObject({ status: 'FULFILLED', version: 2, sequence: 2 });
    expect(loggedOutcomes()).toEqual(['OrderFulfilled']);
  });

  test('is not published again: the other system published it', async () => {
    await deliver(handler, fulfilled());

    expect(table.order()).not.toHaveProperty('outcome');
    expect(publishedEvents()).toEqual([]);
  });

  test('stores none of its data', async () => {
    await deliver(handler, fulfilled({ canary: 'canary' }));

    expect(JSON.stringify(table.puts)).not.toContain('canary');
  });

  test('is applied once, however often it is published', async () => {
    expect(await deliver(handler, fulfilled(), fulfilled())).toEqual(failed());
    expect(table.order()).toMatchObject({ version: 2, sequence: 2 });
    expect(await deliver(handler, fulfilled({}, { eventId: 'another' }))).toEqual(failed());

    expect(table.order()).toMatchObject({ version: 2, sequence: 3 });
    expect(loggedOutcomes()).toEqual(['FulfillOrderRepeated']);
  });
});

describe('items of an order that are fulfilled', () => {
  const first = { items: [{ lineItem: 0, quantity: 2 }], shipmentId: 's-1', trackingNumber: null, carrier: 'canary' };
  const rest = { items: [{ lineItem: 1, quantity: 1 }] };

  beforeEach(() => {
    table.seed(confirmedItem());
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: SAMPLE_TIME });
  });

  test('are stored with their shipment, and nothing else of the event is', async () => {
    expect(await deliver(handler, itemsFulfilled(first))).toEqual(failed());

    expect(table.order()).toMatchObject({
      status: 'PARTIALLY_FULFILLED',
      fulfillments: [{ at: expect.any(String), items: [[0, 2]], shipmentId: 's-1' }],
      outcome: { type: 'OrderPartiallyFulfilled', data: { items: first.items, shipmentId: 's-1' } },
    });
    expect(JSON.stringify(table.puts)).not.toContain('canary');
    expect(loggedText()).not.toContain('s-1');
  });

  test('are fulfilled once, however often their event is published', async () => {
    expect(await deliver(handler, itemsFulfilled(first), itemsFulfilled(first))).toEqual(failed());
    expect(await deliver(handler, itemsFulfilled(first, { eventId: 'another' }))).toEqual(failed());

    expect(table.order()).toMatchObject({ status: 'PARTIALLY_FULFILLED', version: 2, sequence: 3 });
    expect(loggedOutcomes()).toEqual(['FulfillOrderItemsRepeated']);
  });

  test('fulfill the order with the last, which the pipeline publishes and consumes without an effect', async () => {
    await deliver(handler, itemsFulfilled(first), itemsFulfilled(rest, { eventId: 'rest' }));
    const announced = eventOfChange(undefined, table.order() as unknown as OrderItem)!;
    expect(announced).toMatchObject({ type: 'OrderFulfilled', metadata: { sequence: 3, version: 3 }, facts: { customerId: 'customer-1' }, data: { status: 'FULFILLED', order: { orderId: 'order-1' }, items: rest.items } });

    expect(await deliver(handler, onTheBus(announced))).toEqual(failed());
    expect(loggedOutcomes()).toEqual(['CommandRedelivered']);
    expect(table.order()).toMatchObject({ status: 'FULFILLED', version: 3, sequence: 3 });
    expect([sentMessages(), publishedEvents()]).toEqual([[], []]);
  });

  test.each<[string, unknown, string[]]>([
    ['no data', undefined, [' REQUIRED']],
    ['no items', {}, ['/items REQUIRED']],
    ['an empty list', { items: [] }, ['/items TOO_SMALL']],
    ['too many', { items: Array.from({ length: 1001 }, () => ({ lineItem: 0, quantity: 1 })) }, ['/items TOO_BIG']],
    ['too long IDs', { items: Array.from({ length: 200 }, () => ({ lineItem: 'x'.repeat(128), quantity: 1 })) }, ['/items TOO_BIG']],
    ['a line item that is not a reference', { items: [{ lineItem: -1, quantity: 1 }, { lineItem: 0.5, quantity: 1 }, { lineItem: null, quantity: 1 }, { quantity: 1 }] },
      [0, 1, 2, 3].map((index) => `/items/${index}/lineItem INVALID_TYPE`)],
    ['quantities that are none', { items: [0, -1, 0.0005, 1_000_001, '1', undefined].map((quantity) => ({ lineItem: 0, quantity })) },
      ['/items/0/quantity TOO_SMALL', '/items/1/quantity TOO_SMALL', '/items/1/quantity TOO_MANY_DECIMALS', '/items/2/quantity TOO_MANY_DECIMALS', '/items/3/quantity TOO_BIG', '/items/4/quantity INVALID_TYPE', '/items/5/quantity REQUIRED']],
    ['unknown fields of an item', { items: [{ lineItem: 0, quantity: 1, sku: 'a' }] }, ['/items/0/sku UNKNOWN_FIELD']],
    ['a shipment that is not text', { items: first.items, shipmentId: 7, trackingNumber: '' }, ['/shipmentId INVALID_TYPE', '/trackingNumber TOO_SMALL']],
  ])('are refused on the bus with %s', async (_, data, errors) => {
    expect(await deliver(handler, itemsFulfilled(data))).toEqual(failed());

    const [{ type, data: refused }] = publishedEvents() as unknown as { type: string; data: Refusal }[];
    expect([type, refused.code]).toEqual(['OrderFulfillmentRefused', 'INVALID_COMMAND']);
    expect(refused.errors!.map(({ path, code }) => `${path} ${code}`)).toEqual(errors);
    expect(table.puts).toEqual([]);
  });
});

test('an order that is cancelled refuses it', async () => {
  table.seed(itemAfter([orderValidated(), cancellationRequested()]));
  table.seedPlaces(...[1, 2].map((sequence) => ({ orderId: 'order-1', sequence, commandId: `command-${sequence}`, at: SAMPLE_TIME })));
  await deliver(handler, fulfilled());

  expect(table.order()).toMatchObject({ status: 'CANCELLED', outcome: { type: 'OrderFulfillmentRefused', data: { code: 'ORDER_CANCELLED', currentVersion: 2 } } });
});

test('an order that has not come is waited for', async () => {
  await deliver(handler, fulfilled());

  expect(table.order()).toMatchObject({ status: 'AWAITED', pending: { 1: { type: 'FulfillOrder' } } });
});

describe('what is not a fulfillment', () => {
  test.each(['done', 7, []])('is refused on the bus, and has no place, when it carries %j', async (data) => {
    expect(await deliver(handler, fulfilled(data))).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{ type: 'OrderFulfillmentRefused', metadata: { sequence: 0, channel: 'bus' }, data: { code: 'INVALID_COMMAND' } }]);
    expect([table.places(), table.puts]).toEqual([[], []]);
  });

  test('fails when the bus does not take the refusal: it comes again', async () => {
    acceptEvents(() => true);

    expect(await deliver(handler, fulfilled('done'))).toEqual(failed('message-1'));
  });

  test.each([
    ['names no order', fulfilled({}, { orderId: undefined }), 'wrong or missing: /detail/metadata/orderId'],
    ['has no id', { ...fulfilled(), id: undefined }, 'the event has no id'],
    ['claims to be the pipeline\'s', itemsFulfilled({}, { commandId: 'c', eventId: eventIdFor('OrderItemsFulfilled', 'order-1', 'c') }), 'OrderItemsFulfilled comes from other systems'],
    ['claims to be an announcement of the pipeline', fulfilled({}, { commandId: 'c', eventId: eventIdFor('OrderFulfilled', 'order-1', 'c') }), 'wrong or missing: /detail/metadata/eventType'],
  ])('goes to the dead-letter queue when it %s', async (_, message, reason) => {
    expect(await deliver(handler, message)).toEqual(failed());

    expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: expect.stringContaining(reason) } } }]);
    expect(publishedEvents()).toEqual([]);
  });
});

test('the log contains no data of a fulfillment', async () => {
  await deliver(handler, fulfilled({ canary: 'canary' }), fulfilled('canary'));

  expect(loggedOutcomes()).toHaveLength(2);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandConsumer(handler, (orderId, commandId) => fulfilled({}, { orderId, eventId: commandId }));
