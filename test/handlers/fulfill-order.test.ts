import '../support/handler-env';
import { handler } from '../../handlers/fulfill-order';
import { eventIdFor } from '../../handlers/shared';
import { loggedText } from '../support/captured-logs';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { acceptEvents, publishedEvents } from '../support/published-events';
import { cancellationRequested, confirmedItem, fromOutside, itemAfter, orderValidated, SAMPLE_TIME } from '../support/sample-messages';
import { sentMessages } from '../support/sent-messages';
import { failed } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

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

describe('what is no fulfillment', () => {
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
    ['claims to be the pipeline\'s', fulfilled({}, { commandId: 'c', eventId: eventIdFor('OrderFulfilled', 'order-1', 'c') }), 'OrderFulfilled comes from other systems'],
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
