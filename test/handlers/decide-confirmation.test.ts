import '../support/handler-env';
import { handler } from '../../handlers/decide-confirmation';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { publishedEvents } from '../support/published-events';
import { CONFIRMATION_SETTINGS, live, place } from '../support/sample-commands';
import { fromOutside, SAMPLE_TIME } from '../support/sample-messages';
import { failed } from '../support/sqs-event';

const REASONS = [{ code: 'OUT_OF_STOCK', message: 'the kettle is not in stock' }];

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
  jest.useFakeTimers({ now: new Date(SAMPLE_TIME), doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => { jest.useRealTimers(); });

const decided = (data: unknown, metadata: Record<string, unknown> = {}) => fromOutside('OrderConfirmationDecided', data, metadata);
const confirm = { decisionId: 'command-1', decision: 'CONFIRM' };
const reject = { decisionId: 'command-1', decision: 'REJECT', reasons: REASONS };

describe('a decision about a pending order', () => {
  beforeEach(() => {
    table.seed(live([place(1)], undefined, undefined, CONFIRMATION_SETTINGS).item);
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: SAMPLE_TIME });
  });

  test('confirms it', async () => {
    expect(await deliver(handler, decided(confirm))).toEqual(failed());

    expect(table.order()).toMatchObject({ status: 'CONFIRMED', version: 2, sequence: 2, outcome: { type: 'OrderConfirmed', channel: 'bus' } });
    expect(loggedOutcomes()).toEqual(['OrderConfirmed']);
  });

  test('rejects it, for reasons that are stored without the contents of the order', async () => {
    expect(await deliver(handler, decided(reject))).toEqual(failed());

    const { order, ...item } = table.order() as unknown as Record<string, unknown>;
    expect(order).toBeUndefined();
    expect(item).toMatchObject({
      status: 'REJECTED', version: 0, customerId: 'customer-1', rejection: { code: 'NOT_CONFIRMED', errors: [{ path: '', ...REASONS[0] }] }, outcome: { type: 'OrderRejected' },
    });
  });

  test('has no effect when it is delivered or published again', async () => {
    await deliver(handler, decided(confirm));
    expect(await deliver(handler, decided(confirm), decided(confirm, { eventId: 'another' }))).toEqual(failed());

    expect(table.order()).toMatchObject({ status: 'CONFIRMED', version: 2 });
    expect(loggedOutcomes()).toEqual(['CommandRedelivered', 'DecideConfirmationRepeated']);
  });

  test('is refused after another one, so that its sender can undo what it did', async () => {
    await deliver(handler, decided(reject));
    await deliver(handler, decided(confirm));

    expect(table.order()).toMatchObject({
      status: 'REJECTED', outcome: { type: 'OrderConfirmationRefused', data: { code: 'ORDER_REJECTED', currentStatus: 'REJECTED' } },
    });
  });

  test('is refused when it is about another version of the order', async () => {
    await deliver(handler, decided({ ...confirm, decisionId: 'command-0' }));

    expect(table.order()).toMatchObject({ status: 'PENDING', outcome: { type: 'OrderConfirmationRefused', data: { code: 'DECISION_OUTDATED' } } });
  });

  test('is refused after the deadline, when the order is rejected by itself', async () => {
    jest.setSystemTime(new Date(Date.parse(SAMPLE_TIME) + 600_000));
    await deliver(handler, decided(confirm));

    const outcomes = table.puts.flatMap((put) => (put as { outcome?: { type: string; data: { code?: string } } }).outcome ?? []);
    expect(outcomes.map(({ type, data }) => [type, data.code])).toEqual([
      ['OrderRejected', 'CONFIRMATION_TIMED_OUT'], ['OrderConfirmationRefused', 'ORDER_REJECTED'],
    ]);
  });
});

test('a decision about an unknown order is refused', async () => {
  await deliver(handler, decided(confirm));

  expect(table.order()).toMatchObject({ status: 'AWAITED', outcome: { type: 'OrderConfirmationRefused', data: { code: 'ORDER_NOT_FOUND' } } });
});

describe('an event that is not a decision', () => {
  test.each<[string, unknown, object]>([
    ['without a decision', { decisionId: 'command-1' }, { path: '/decision' }],
    ['without the ID of what it decides', { decision: 'CONFIRM' }, { path: '/decisionId', code: 'REQUIRED' }],
    ['that rejects without reasons', { decisionId: 'command-1', decision: 'REJECT' }, { path: '/reasons', code: 'REQUIRED', message: 'is required to reject an order' }],
    ['with an unknown field', { ...confirm, reason: 'x' }, { path: '/reason', code: 'UNKNOWN_FIELD' }],
    ['with a code that programs cannot use', { ...reject, reasons: [{ code: 'sold out', message: 'x' }] }, { path: '/reasons/0/code', code: 'INVALID_FORMAT' }],
  ])('is refused on the bus, and gets no sequence number: %s', async (_, data, error) => {
    expect(await deliver(handler, decided(data))).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{ type: 'OrderConfirmationRefused', metadata: { sequence: 0 }, data: { code: 'INVALID_COMMAND', errors: [error] } }]);
    expect(table.puts).toEqual([]);
  });
});

behavesAsCommandConsumer(handler, (orderId, commandId) => fromOutside('OrderConfirmationDecided', confirm, { orderId, eventId: commandId }));
