import { stringify } from 'safe-stable-stringify';
import {
  consumeCommand, consumeCommandOrRequest, PoisonMessage, REFUSAL_REASON, requestId, RetryableError, type BusRequestContext, type OrderEvent,
  type SequenceRecord,
} from '#shared';
import { live, OneOrderStore, place } from '../../../support/sample-commands';
import { cancellationRequested, changeRequested, fromOutside, onTheBus, orderValidated, SAMPLE_SETTINGS } from '../../../support/sample-messages';

/** An order that was placed, its line, and the bus. */
function world(orders = new OneOrderStore(live([place(1)]).item)) {
  const places: SequenceRecord[] = [{ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: '2026-01-31T12:00:00.000Z' }];
  const published: OrderEvent[] = [];
  const life: BusRequestContext = {
    orders,
    settings: SAMPLE_SETTINGS,
    hasTenants: false,
    sequences: {
      list: async (_, below = Infinity) => places.filter(({ sequence }) => sequence < below).reverse(),
      claim: async (record) => {
        if (places.some(({ sequence }) => sequence === record.sequence)) return false;
        places.push(record);
        return true;
      },
      saveHookResult: () => Promise.reject(new Error('no hook was called')),
    },
    publish: async (events) => {
      published.push(...events);
      return new Map();
    },
  };
  return { orders, places, published, life };
}

/** The id of what another system asks for in `their-event`. */
const idOf = (commandType: string, data: unknown) => requestId(commandType, 'order-1', 'their-event', stringify(data) ?? '');

const consume = (event: object, life: BusRequestContext) => consumeCommandOrRequest(JSON.stringify(event), life);

describe('a command with a sequence number', () => {
  test.each([['alone', consumeCommand], ['among requests of others', consumeCommandOrRequest]])('is applied, where commands arrive %s', async (_, consumeEvent) => {
    const { life, orders } = world();

    expect(await consumeEvent(JSON.stringify(onTheBus(changeRequested())), life)).toMatchObject({ outcome: 'OrderChanged', commandId: 'command-2' });
    expect(orders.item).toMatchObject({ version: 2, order: { notes: 'changed' } });
  });

  test('gets no other sequence number', async () => {
    const { life, places } = world();
    await consume(onTheBus(cancellationRequested()), life);

    expect(places).toHaveLength(1);
  });
});

test('fails when a request arrives at a consumer of sequenced commands only', async () => {
  await expect(consumeCommand(JSON.stringify(fromOutside('OrderFulfilled')), world().life)).rejects.toThrow(
    new PoisonMessage('the command has no sequence number'),
  );
});

describe('a request of another system', () => {
  test.each([
    ['OrderChangeRequested', { patch: { notes: 'theirs' } }, 'OrderChanged', { order: { notes: 'theirs' }, version: 2 }],
    ['OrderCancellationRequested', { reason: 'no stock' }, 'OrderCancelled', { status: 'CANCELLED', cancellation: { reason: 'no stock' } }],
    ['OrderFulfilled', { parcel: 'p-1' }, 'OrderFulfilled', { status: 'FULFILLED', version: 2 }],
    ['OrderFulfilled', undefined, 'OrderFulfilled', { status: 'FULFILLED', version: 2 }],
  ])('%s gets its sequence number on arrival and is applied', async (type, data, outcome, item) => {
    const { life, orders, places } = world();

    expect(await consume(fromOutside(type, data, { eventId: 'their-event', correlationId: 'their-flow' }), life)).toMatchObject({ outcome, correlationId: 'their-flow' });
    expect(orders.item).toMatchObject({ ...item, sequence: 2 });
    expect(places[1]).toMatchObject({ sequence: 2, commandId: orders.item!.outcome?.commandId ?? idOf('FulfillOrder', data) });
  });

  test('has the bus and its event in its outcome', async () => {
    const { life, orders } = world();
    await consume(fromOutside('OrderCancellationRequested', { reason: 'no stock' }, { eventId: 'their-event' }), life);

    expect(orders.item!.outcome).toMatchObject({
      commandId: idOf('CancelOrder', { reason: 'no stock' }), causationId: 'their-event', correlationId: idOf('CancelOrder', { reason: 'no stock' }), channel: 'bus', sequence: 2,
    });
  });

  test('has one place and one effect, however often it comes', async () => {
    const { life, orders, places } = world();
    const request = fromOutside('OrderChangeRequested', { patch: { notes: 'theirs' } }, { eventId: 'their-event' });

    expect(await consume(request, life)).toMatchObject({ outcome: 'OrderChanged' });
    expect(await consume({ ...request, id: 'envelope-2' }, life)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(places).toHaveLength(2);
    expect(orders.writes).toHaveLength(1);
  });

  test('is another command than one of another type with the same id', async () => {
    const { life, places } = world();
    await consume(fromOutside('OrderChangeRequested', { patch: { notes: 'theirs' } }, { eventId: 'their-event' }), life);

    expect(await consume(fromOutside('OrderCancellationRequested', { reason: 'no stock' }, { eventId: 'their-event' }), life)).toMatchObject({ outcome: 'OrderCancelled' });
    expect(places).toHaveLength(3);
  });

  test('waits for an order that has not come, and is refused what the order does not allow', async () => {
    const { life } = world(new OneOrderStore(live([place(1)]).item));
    await consume(fromOutside('OrderFulfilled', {}, { eventId: 'event-1' }), life);

    expect(await consume(fromOutside('OrderCancellationRequested', { reason: 'late' }, { eventId: 'event-2' }), life)).toMatchObject({
      outcome: 'OrderCancellationRefused', reason: 'ORDER_FULFILLED',
    });
  });

  test('expects a version as any other', async () => {
    const { life } = world();
    const request = fromOutside('OrderCancellationRequested', { reason: 'late', expectedVersion: 7 }, { eventId: 'event-1' });

    expect(await consume(request, life)).toMatchObject({ outcome: 'OrderCancellationRefused', reason: 'VERSION_MISMATCH' });
  });

  describe.each([
    ['OrderChangeRequested', 'ChangeOrder', 'OrderChangeRefused', { patch: { currency: 'CHF', notes: 7 }, more: 1 }, ['/patch/notes', '/patch/currency', '/more']],
    ['OrderChangeRequested', 'ChangeOrder', 'OrderChangeRefused', undefined, ['']],
    ['OrderCancellationRequested', 'CancelOrder', 'OrderCancellationRefused', { reason: '', expectedVersion: 0 }, ['/reason', '/expectedVersion']],
    ['OrderCancellationRequested', 'CancelOrder', 'OrderCancellationRefused', 'no stock', ['']],
    ['OrderFulfilled', 'FulfillOrder', 'OrderFulfillmentRefused', [], ['']],
    ['OrderFulfilled', 'FulfillOrder', 'OrderFulfillmentRefused', 'done', ['']],
  ] as const)('%s that asks %s wrongly', (type, commandType, refused, data, paths) => {
    const request = fromOutside(type, data, { eventId: 'their-event', correlationId: 'their-flow' });

    test('is refused with everything that is wrong, before its message is done', async () => {
      const { life, published } = world();

      expect(await consume(request, life)).toEqual({
        outcome: refused, reason: 'INVALID_COMMAND', orderId: 'order-1', commandId: idOf(commandType, data), correlationId: 'their-flow',
      });
      expect(published).toMatchObject([{
        type: refused,
        metadata: { sequence: 0, version: 0, commandId: idOf(commandType, data), causationId: 'their-event', correlationId: 'their-flow', channel: 'bus' },
        data: { code: 'INVALID_COMMAND', reason: REFUSAL_REASON.INVALID_COMMAND },
      }]);
      expect((published[0].data as { errors: { path: string }[] }).errors.map(({ path }) => path).sort()).toEqual([...paths].sort());
    });

    test('gets no sequence number and does not change the order', async () => {
      const { life, orders, places } = world();
      await consume(request, life);

      expect(places).toHaveLength(1);
      expect(orders).toMatchObject({ loads: 0, writes: [] });
    });

    test('is refused with the same event id when it comes again', async () => {
      const { life, published } = world();
      await consume(request, life);
      await consume({ ...request, id: 'envelope-2' }, life);

      expect(published).toHaveLength(2);
      expect(published[1].metadata.eventId).toBe(published[0].metadata.eventId);
    });

    test('fails when the bus does not take the refusal: it comes again', async () => {
      const down = new RetryableError('PutEvents.InternalFailure', 'an event was not taken');
      const life = { ...world().life, publish: async (events: readonly OrderEvent[]) => new Map(events.map((event) => [event, down])) };

      await expect(consume(request, life)).rejects.toBe(down);
    });
  });
});

test('fails when an order is placed on the bus by another system', async () => {
  const { metadata, data } = orderValidated();
  const { sequence, ...without } = metadata;

  await expect(consume({ 'id': 'envelope-1', 'detail-type': 'OrderValidated', 'detail': { metadata: without, data } }, world().life)).rejects.toThrow(PoisonMessage);
});
