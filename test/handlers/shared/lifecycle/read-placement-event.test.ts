import { stringify } from 'safe-stable-stringify';
import { eventIdFor, orderIdForEvent, PoisonMessage, readPlacementEvent, requestId, validateCommand } from '#shared';
import { SAMPLE_TIME } from '../../../support/sample-messages';
import { sampleOrder } from '../../../support/sample-order';

const MAX_ORDER_SIZE = 128 * 1024;

const order = (changes: Record<string, unknown> = {}) => sampleOrder({ orderId: 'order-1', ...changes });
const withoutId = (changes: Record<string, unknown> = {}) => sampleOrder(changes);

/** An event with which another system places an order, as a rule of the bus delivers it. */
const placement = (data: unknown = { order: order() }, metadata: unknown = { eventId: 'event-1' }) =>
  ({ 'version': '0', 'id': 'envelope-1', 'source': 'orders', 'detail-type': 'OrderPlacementRequested', 'detail': { metadata, data } });

const read = (event: object, maxOrderSize = MAX_ORDER_SIZE) => readPlacementEvent(JSON.stringify(event), maxOrderSize, false);

/** The event whose order has this JSON. */
const readText = (text: string) => readPlacementEvent(JSON.stringify(placement({ order: 'ORDER' })).replace('"ORDER"', text), MAX_ORDER_SIZE, false);

const pathsIn = ({ errors = [] }: ReturnType<typeof read>): string[] => errors.map(({ path, code }) => `${path} ${code}`);

beforeEach(() => { jest.useFakeTimers({ now: new Date(SAMPLE_TIME) }); });
afterEach(() => { jest.useRealTimers(); });

describe('an order that another system places', () => {
  test('is a command for the orders queue', () => {
    expect(read(placement({ order: order() }, { orderId: 'order-1', eventId: 'event-1', correlationId: 'correlation-1' }))).toEqual({
      schemaVersion: 1,
      commandType: 'PlaceOrder',
      commandId: requestId('PlaceOrder', 'order-1', 'event-1', stringify({ order: order() })!),
      orderId: 'order-1',
      correlationId: 'correlation-1',
      channel: 'bus',
      receivedAt: SAMPLE_TIME,
      payload: order(),
    });
  });

  test('passes validation, which accepts it from the bus', () => {
    expect(validateCommand(read(placement()))).toMatchObject({ type: 'OrderValidated', data: { order: order() } });
  });

  test.each([{}, { eventId: 'event-1' }, undefined])('needs no order ID in its metadata, nor any metadata: %j', (metadata) => {
    expect(read(placement({ order: order() }, metadata)).orderId).toBe('order-1');
  });

  test('is the same command when its event is delivered again', () => {
    const first = read(placement());
    jest.setSystemTime(Date.parse(SAMPLE_TIME) + 1000);

    expect(read(placement())).toEqual({ ...first, receivedAt: '2026-01-31T12:00:01.000Z' });
  });

  test.each([
    ['has another event ID', placement({ order: order() }, { eventId: 'event-2' })],
    ['has other content', placement({ order: order({ notes: 'other' }) })],
  ])('is another command when its event %s', (_, event) => {
    expect(read(event).commandId).not.toBe(read(placement()).commandId);
  });

  test('has the ID that EventBridge gave its event, when it has none of its own', () => {
    expect(read(placement({ order: order() }, {})).commandId).toBe(read(placement({ order: order() }, { eventId: 'envelope-1' })).commandId);
  });

  test('is correlated by its command when it has no correlation ID', () => {
    const { correlationId, commandId } = read(placement());
    expect(correlationId).toBe(commandId);
  });

  test('is a command of its own when another system copies the metadata of the pipeline\'s event', () => {
    const copied = { orderId: 'order-1', commandId: 'command-1', eventId: eventIdFor('OrderValidated', 'order-1', 'command-1'), sequence: 7, channel: 'api' };
    const command = read(placement({ order: order() }, copied));

    expect(command).toMatchObject({ channel: 'bus', orderId: 'order-1' });
    expect(command).not.toHaveProperty('sequence');
    expect(command.commandId).not.toBe('command-1');
  });
});

describe('an order without an ID', () => {
  test('gets the one in the metadata', () => {
    expect(read(placement({ order: withoutId() }, { orderId: 'order-7' }))).toMatchObject({ orderId: 'order-7', payload: { orderId: 'order-7' } });
  });

  test('gets one that is derived from its event, so that a redelivered event is the same order', () => {
    const { orderId, payload } = read(placement({ order: withoutId() }));

    expect(orderId).toBe(orderIdForEvent('event-1'));
    expect(orderId).toMatch(/^[0-9a-f]{32}$/);
    expect(payload).toMatchObject({ orderId });
    expect(read(placement({ order: withoutId({ notes: 'other' }) })).orderId).toBe(orderId);
    expect(read(placement({ order: withoutId() }, { eventId: 'event-2' })).orderId).not.toBe(orderId);
  });

  test('has an ID that is null', () => {
    expect(read(placement({ order: order({ orderId: null }) })).orderId).toBe(orderIdForEvent('event-1'));
  });
});

describe('an order that is wrong', () => {
  test('becomes a command with its errors, so that it is rejected like every other', () => {
    const command = read(placement({ order: order({ items: [], currency: 'EU' }) }));

    expect(command).not.toHaveProperty('payload');
    expect(pathsIn(command).sort()).toEqual(['/currency INVALID_FORMAT', '/items TOO_SMALL']);
    expect(validateCommand(command)).toMatchObject({ type: 'OrderRejected', data: { code: 'INVALID_ORDER', errors: command.errors } });
  });

  test('has an ID also when it was sent without one', () => {
    expect(read(placement({ order: withoutId({ items: [] }) }))).toMatchObject({ orderId: orderIdForEvent('event-1'), errors: [{ path: '/items' }] });
  });

  test('is rejected for its total by validation, with its facts', () => {
    const command = read(placement({ order: order({ total: 1 }) }));

    expect(command).not.toHaveProperty('errors');
    expect(validateCommand(command)).toMatchObject({ type: 'OrderRejected', facts: { customerId: 'customer-1' }, data: { errors: [{ path: '/total' }] } });
  });

  test('is rejected when it has another ID than its metadata', () => {
    const command = read(placement({ order: order() }, { orderId: 'order-2', eventId: 'event-1' }));

    expect(command.orderId).toBe('order-2');
    expect(validateCommand(command)).toMatchObject({ type: 'OrderRejected', data: { errors: [{ path: '/orderId', code: 'ORDER_ID_MISMATCH' }] } });
  });

  test('is rejected when its ID is not valid and that in the metadata is', () => {
    expect(pathsIn(read(placement({ order: order({ orderId: 'an order' }) }, { orderId: 'order-1' })))).toEqual(['/orderId INVALID_FORMAT']);
  });

  test.each([undefined, null, {}, [], { order: null }, { order: [] }, { order: 'order' }, 'order'])('is rejected when the event has no order but its ID: %j', (data) => {
    const command = read({ ...placement(), detail: { metadata: { orderId: 'order-1' }, data } });

    expect(command).toMatchObject({ orderId: 'order-1', errors: [{ path: '' }] });
    expect(validateCommand(command).type).toBe('OrderRejected');
  });

  test.each([
    ['a key given twice', '{"orderId":"order-1","currency":"EUR","currency":"USD"}', '/currency DUPLICATE_KEY'],
    ['__proto__', '{"orderId":"order-1","attributes":{"__proto__":1}}', '/attributes/__proto__ FORBIDDEN_KEY'],
    ['a number that would be rounded', '{"orderId":"order-1","total":9007199254740993}', '/total INEXACT_NUMBER'],
    ['text that SQS refuses', `${JSON.stringify(order()).slice(0, -1)},"notes":"\\uffff"}`, '/notes ILL_FORMED_TEXT'],
  ])('is rejected for %s, as in the API', (_, text, error) => {
    expect(readText(text)).toMatchObject({ orderId: 'order-1' });
    expect(pathsIn(readText(text))).toEqual([error]);
  });

  test.each(['order', 'data'])('is rejected when the event has its %s twice', (key) => {
    const body = JSON.stringify(placement({ order: order() })).replace(`"${key}":`, `"${key}":{},"${key}":`);

    expect(pathsIn(readPlacementEvent(body, MAX_ORDER_SIZE, false))).toEqual([' DUPLICATE_KEY']);
  });

  test('does not overflow the stack when it nests without end', () => {
    const text = `{"orderId":"order-1","attributes":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

    expect(readText(text)).toMatchObject({ orderId: 'order-1', errors: [{ code: 'TOO_DEEP' }] });
  });

  test('is rejected when it is larger than the maximum, and no event of it would be', () => {
    const bytes = JSON.stringify(order()).length;

    expect(read(placement(), bytes)).not.toHaveProperty('errors');
    expect(read(placement(), bytes - 1).errors).toEqual([{ path: '', code: 'ORDER_TOO_LARGE', message: `the order must have at most ${bytes - 1} bytes as JSON` }]);
  });
});

describe('an event without a usable order ID', () => {
  test.each<[string, unknown, string]>([
    ['has no order', placement({}), 'the event has no order ID, and no order in data.order'],
    ['has a list of orders', placement({ order: [order()] }), 'the event has no order ID, and no order in data.order'],
    ['has an order with a wrong ID', placement({ order: order({ orderId: 'an order' }) }), 'the order ID in data.order is not valid, and there is none in metadata.orderId'],
    ['names an impossible order', placement(undefined, { orderId: 'an order' }), 'wrong or missing: /detail/metadata/orderId'],
    ['names an order by a number', placement(undefined, { orderId: 7 }), 'wrong or missing: /detail/metadata/orderId'],
    ['has metadata of another form', placement(undefined, []), 'wrong or missing: /detail/metadata'],
    ['has no detail', { 'detail-type': 'OrderPlacementRequested' }, 'wrong or missing: /detail'],
    ['is of another type', { ...placement(), 'detail-type': 'OrderValidated' }, 'wrong or missing: /detail-type'],
    ['has no event ID', { ...placement({ order: order() }, {}), id: undefined }, 'the event has no id: no valid ID in metadata.eventId or from EventBridge'],
  ])('is a poison message when it %s', (_, event, reason) => {
    expect(() => read(event as object)).toThrow(new PoisonMessage(reason));
  });

  test('is a poison message when it is not JSON', () => {
    expect(() => readPlacementEvent('{', MAX_ORDER_SIZE, false)).toThrow(new PoisonMessage('the body is not JSON'));
  });
});
