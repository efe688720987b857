import * as fc from 'fast-check';
import { eventIdFor, isSequenced, orderIdOfEvent, PoisonMessage, readCommandEvent, requestId, type BusRequest } from '#shared';
import { fingerprint } from '../../../../handlers/shared/orders/fingerprint';
import {
  cancellationRequested, changeRequested, fromOutside, onTheBus, orderRejected, orderValidated, sampleContent,
} from '../../../support/sample-messages';

const read = (event: object) => readCommandEvent(JSON.stringify(event));

/** A detail of an event with other metadata. */
const withMetadata = (event: Record<string, unknown>, metadata: Record<string, unknown>) => {
  const detail = event.detail as { metadata: object };
  return { ...event, detail: { ...detail, metadata: { ...detail.metadata, ...metadata } } };
};

/** The ids that an event of the pipeline has. */
const ours = (type: string) => ({ commandId: 'command-9', eventId: eventIdFor(type, 'order-1', 'command-9') });

describe('an event of validate-order', () => {
  test.each([
    ['has a valid order is a placement', orderValidated(), 'PlaceOrder', { ...sampleContent(), fingerprint: fingerprint(sampleContent()) }],
    ['has a rejected order is a rejection', orderRejected(), 'RejectOrder', { ...orderRejected().data, facts: orderRejected().facts }],
    ['requests a change is one', changeRequested({}, { patch: { notes: null }, expectedVersion: 3 }), 'ChangeOrder', { patch: { notes: null }, expectedVersion: 3 }],
    ['requests a cancellation is one', cancellationRequested(), 'CancelOrder', { reason: 'too late' }],
  ])('that %s, with its sequence number and its cause', (_, event, type, data) => {
    const { orderId, sequence, commandId, correlationId, eventId, channel } = event.metadata;
    const command = read(onTheBus(event));

    expect(command).toEqual({ type, orderId, sequence, commandId, correlationId, causationId: eventId, channel, data });
    expect(isSequenced(command)).toBe(true);
  });

  test('has the time of the previous sequence number', () => {
    expect(read(onTheBus(changeRequested({ previousAt: '2026-01-30T00:00:00.000Z' })))).toMatchObject({ previousAt: '2026-01-30T00:00:00.000Z' });
  });

  test.each([
    ['is not JSON', '{', 'the body is not JSON'],
    ['is of another type', JSON.stringify({ ...onTheBus(orderValidated()), 'detail-type': 'OrderShipped' }), 'wrong or missing: /detail-type'],
    ['has no detail', JSON.stringify({ 'detail-type': 'OrderValidated' }), 'wrong or missing: /detail'],
    ['has one type and the data of another', JSON.stringify(withMetadata({ ...onTheBus(orderRejected()), 'detail-type': 'OrderValidated' }, { eventId: eventIdFor('OrderValidated', 'order-1', 'command-1') })), 'wrong or missing: /detail/data/order'],
    ['names an impossible order', JSON.stringify(withMetadata(onTheBus(changeRequested()), { orderId: 'an order' })), 'wrong or missing: /detail/metadata/orderId'],
    ['has a place that is not a number', JSON.stringify(withMetadata(onTheBus(changeRequested()), { sequence: '2' })), 'wrong or missing: /detail/metadata/sequence'],
    ['has a place before the first', JSON.stringify(withMetadata(onTheBus(changeRequested()), { sequence: 0 })), 'the command has no sequence number'],
    ['has half a place', JSON.stringify(withMetadata(onTheBus(cancellationRequested()), { sequence: 1.5 })), 'wrong or missing: /detail/metadata/sequence'],
    ['is an order without a place', JSON.stringify(withMetadata(onTheBus(orderValidated()), { sequence: undefined })), 'wrong or missing: /detail/metadata/sequence'],
    ['is a fulfillment that claims to be the pipeline\'s', JSON.stringify(fromOutside('OrderItemsFulfilled', {}, ours('OrderItemsFulfilled'))), 'OrderItemsFulfilled comes from other systems'],
    ['claims to be an announcement of the pipeline', JSON.stringify(fromOutside('OrderFulfilled', {}, ours('OrderFulfilled'))), 'wrong or missing: /detail/metadata/eventType'],
    ['has a patch that is not an object', JSON.stringify(onTheBus(changeRequested({}, { patch: [] as never }))), 'wrong or missing: /detail/data/patch'],
    ['has a total that is not a number', JSON.stringify(onTheBus({ ...orderValidated(), facts: { total: '4129' } as never })), 'wrong or missing: /detail/facts/total'],
    ['has no reason', JSON.stringify(onTheBus(cancellationRequested({}, {} as never))), 'wrong or missing: /detail/data/reason'],
  ])('fails when it %s', (_, body, reason) => {
    expect(() => readCommandEvent(body)).toThrow(PoisonMessage);
    expect(() => readCommandEvent(body)).toThrow(reason);
  });
});

describe('what another system asks for', () => {
  test.each([
    ['OrderChangeRequested', 'ChangeOrder'], ['OrderCancellationRequested', 'CancelOrder'], ['OrderFulfilled', 'FulfillOrder'], ['OrderItemsFulfilled', 'FulfillOrderItems'],
  ] as const)('%s is read without validation', (type, command) => {
    const request = read(fromOutside(type, { anything: 1 }, { eventId: 'event-1', correlationId: 'correlation-1' }));

    expect(request).toEqual({
      type: command,
      orderId: 'order-1',
      commandId: requestId(command, 'order-1', 'event-1', '{"anything":1}'),
      correlationId: 'correlation-1',
      causationId: 'event-1',
      channel: 'bus',
      payload: { anything: 1 },
      faults: [],
    });
    expect(isSequenced(request)).toBe(false);
  });

  test.each([
    ['__proto__', '{"patch":{"attributes":{"__proto__":1}}}', '/patch/attributes/__proto__'],
    ['a key given twice', '{"patch":{"notes":"one","notes":"two"}}', '/patch/notes'],
    ['a number that would be rounded', '{"patch":{"attributes":{"a":9007199254740993}}}', '/patch/attributes/a'],
  ])('%s in it is an error, as in the API', (_, data, path) => {
    const body = JSON.stringify(fromOutside('OrderChangeRequested', 'DATA', { eventId: 'event-1' })).replace('"DATA"', data);
    expect((readCommandEvent(body) as BusRequest).faults.map((fault) => fault.path)).toEqual([path]);
  });

  const idFor = (metadata: Record<string, unknown>, type = 'OrderCancellationRequested', data: unknown = {}) => read(fromOutside(type, data, metadata)).commandId;
  const idOf = (given: string) => requestId('CancelOrder', 'order-1', given, '{}');

  test('is known by its event id', () => {
    expect(idFor({ eventId: 'given' })).toBe(idOf('given'));
  });

  test('is known by the id that EventBridge gave it, when it has none of its own', () => {
    expect(idFor({})).toBe(idOf('envelope-1'));
  });

  test.each(['', 'a b', 'ä', 'a\n', 'i'.repeat(129), null, {}, ['a']])('is not known by %j', (eventId) => {
    expect(idFor({ eventId })).toBe(idOf('envelope-1'));
  });

  test('may be known by anything that can be seen and is not too long', () => {
    const ids = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 128 });
    fc.assert(fc.property(ids, (eventId) => {
      expect(idFor({ eventId })).toBe(idOf(eventId));
    }));
  });

  test('is the same command when it comes again, in whatever order its fields are', () => {
    const [one, again] = [{ reason: 'r', more: { a: 1, b: 2 } }, { more: { b: 2, a: 1 }, reason: 'r' }];

    expect(idFor({ eventId: 'given' }, 'OrderCancellationRequested', one)).toBe(idFor({ eventId: 'given' }, 'OrderCancellationRequested', again));
  });

  test.each<[string, Record<string, unknown>, string, unknown]>([
    ['of another type', {}, 'OrderChangeRequested', {}],
    ['for another order', { orderId: 'order-2' }, 'OrderCancellationRequested', {}],
    ['that asks for something else', {}, 'OrderCancellationRequested', { reason: 'r' }],
    ['that asks for nothing', {}, 'OrderCancellationRequested', null],
  ])('is another command than one %s with the same id', (_, metadata, type, data) => {
    expect(idFor({ eventId: 'given', ...metadata }, type, data)).not.toBe(idOf('given'));
  });

  test('has an id that no client\'s command has', () => {
    expect(idFor({ eventId: 'given' })).toMatch(/^[0-9a-f]{32}$/);
    expect(idFor({ eventId: 'given' })).not.toBe('given');
  });

  test.each([undefined, 7, 'a b', 'a@example.com', 'c'.repeat(129)])('is correlated by its command when its correlation id is %j', (correlationId) => {
    const request = read(fromOutside('OrderFulfilled', {}, { eventId: 'given', correlationId }));

    expect(request.correlationId).toBe(request.commandId);
  });

  test.each(['OrderConfirmed', 'OrderValidated'])('is not a command of the pipeline because it holds the metadata of its %s', (published) => {
    const { metadata } = orderValidated();
    const copied = { ...metadata, eventType: published, eventId: eventIdFor(published, 'order-1', metadata.commandId) };

    expect(isSequenced(read(fromOutside('OrderCancellationRequested', { reason: 'r' }, copied)))).toBe(false);
    expect(isSequenced(read(fromOutside('OrderFulfilled', {}, copied)))).toBe(false);
  });

  test.each([['OrderValidated', orderValidated()], ['OrderRejected', orderRejected()]])('fails when it copies %s: only validation publishes it', (type, event) => {
    const copied = withMetadata(onTheBus(event), { eventId: 'event-1' });

    expect(() => read(copied)).toThrow(new PoisonMessage(`only the pipeline publishes ${type}, and the event ID is not that of its command`));
    expect(() => read(withMetadata(onTheBus(event), { orderId: 'order-2' }))).toThrow(PoisonMessage);
  });

  test('does not overflow the stack when it nests without end', () => {
    const body = JSON.stringify(fromOutside('OrderFulfilled', 'DATA', { eventId: 'event-1' })).replace('"DATA"', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);

    expect((readCommandEvent(body) as BusRequest).faults).toMatchObject([{ code: 'TOO_DEEP' }]);
  });

  test('fails when it has no id at all', () => {
    const { id, ...event } = fromOutside('OrderFulfilled');

    expect(() => read(event)).toThrow(new PoisonMessage('the event has no id: no valid ID in metadata.eventId or from EventBridge'));
  });

  test.each([undefined, '', 'an order', 7, 'o'.repeat(65)])('fails when the order that it names is %j', (orderId) => {
    expect(() => read(fromOutside('OrderFulfilled', {}, { orderId }))).toThrow(new PoisonMessage('wrong or missing: /detail/metadata/orderId'));
  });
});

describe('the order of an event, at a glance', () => {
  test.each([['a placement', onTheBus(orderValidated())], ['a change', onTheBus(changeRequested())], ['a request', fromOutside('OrderFulfilled')]])('is found in %s', (_, event) => {
    expect(orderIdOfEvent(JSON.stringify(event))).toBe('order-1');
    expect(orderIdOfEvent(JSON.stringify(event, null, 2))).toBe('order-1');
  });

  test.each(['', 'not JSON', '{"orderId":7}', '{"orderId":"an order"}'])('is not found in %j', (body) => {
    expect(orderIdOfEvent(body)).toBeUndefined();
  });
});
