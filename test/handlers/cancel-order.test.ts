import '../support/handler-env';
import { handler } from '../../handlers/cancel-order';
import { loggedText } from '../support/captured-logs';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { acceptEvents, publishedEvents } from '../support/published-events';
import {
  cancellationRequested, confirmedItem, fromOutside, itemAfter, onTheBus, orderRejected, orderValidated, SAMPLE_TIME,
} from '../support/sample-messages';
import { failed } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

describe('a cancellation that has its place', () => {
  test('cancels its order, and is published from the table\'s stream', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, onTheBus(cancellationRequested()))).toEqual(failed());
    expect(table.order()).toMatchObject({ status: 'CANCELLED', version: 2, cancellation: { reason: 'too late' }, outcome: { type: 'OrderCancelled', data: { reason: 'too late' } } });
    expect(publishedEvents()).toEqual([]);
    expect(loggedOutcomes()).toEqual(['OrderCancelled']);
  });

  test('changes nothing when the order is cancelled already', async () => {
    table.seed(itemAfter([orderValidated(), cancellationRequested()]));

    expect(await deliver(handler, onTheBus(cancellationRequested({ commandId: 'command-3', sequence: 3 }, { reason: 'again' })))).toEqual(failed());
    expect(table.order()).toMatchObject({ version: 2, cancellation: { reason: 'too late' } });
    expect(loggedOutcomes()).toEqual(['CancelOrderRepeated']);
  });

  test('is refused by an order that was rejected', async () => {
    table.seed(itemAfter([orderRejected()]));
    await deliver(handler, onTheBus(cancellationRequested()));

    expect(table.order()?.outcome).toMatchObject({ type: 'OrderCancellationRefused', data: { code: 'ORDER_REJECTED', currentStatus: 'REJECTED' } });
  });

  test('is done once by two messages in one batch', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, onTheBus(cancellationRequested()), onTheBus(cancellationRequested()))).toEqual(failed());
    expect(table.puts).toHaveLength(1);
    expect(loggedOutcomes()).toEqual(['OrderCancelled', 'CommandRedelivered']);
  });
});

describe('a cancellation that another system asks for', () => {
  test('gets its sequence number on arrival and is applied', async () => {
    table.seed(confirmedItem());
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: SAMPLE_TIME });

    expect(await deliver(handler, fromOutside('OrderCancellationRequested', { reason: 'no stock' }))).toEqual(failed());
    expect(table.order()).toMatchObject({ status: 'CANCELLED', sequence: 2, cancellation: { reason: 'no stock' }, outcome: { channel: 'bus', causationId: 'envelope-1' } });
  });

  test('waits where no order is, at the first place of its line', async () => {
    await deliver(handler, fromOutside('OrderCancellationRequested', { reason: 'no stock' }));

    expect(table.order()).toMatchObject({ status: 'AWAITED', sequence: 1, pending: { 1: { type: 'CancelOrder', channel: 'bus' } } });
    expect(table.places()).toMatchObject([{ sequence: 1 }]);
  });

  test.each([undefined, {}, { reason: '' }, { reason: 7 }, 'no stock'])('is refused on the bus, and has no place, when it carries %j', async (data) => {
    expect(await deliver(handler, fromOutside('OrderCancellationRequested', data))).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{ type: 'OrderCancellationRefused', metadata: { sequence: 0 }, data: { code: 'INVALID_COMMAND' } }]);
    expect([table.places(), table.puts]).toEqual([[], []]);
  });

  test('fails when the bus does not take the refusal: it comes again', async () => {
    acceptEvents(() => true);

    expect(await deliver(handler, fromOutside('OrderCancellationRequested', {}))).toEqual(failed('message-1'));
  });
});

test('the log holds nothing of a reason', async () => {
  await deliver(handler, onTheBus(cancellationRequested({}, { reason: 'canary' })), fromOutside('OrderCancellationRequested', { reason: 'canary', canary: 1 }));

  expect(loggedOutcomes()).toHaveLength(2);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandConsumer(handler, (orderId, commandId) => onTheBus(cancellationRequested({ orderId, commandId, sequence: 1 })));
