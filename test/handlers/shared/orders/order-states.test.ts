import {
  COMMANDS, ORDER_STATES, orderView, REFUSAL_REASON, type CommandType, type SequencedCommand, type OrderItem, type OrderStatus,
} from '#shared';
import { REFUSAL_CODE } from '../../../../src/private/contract';
import { cancel, change, CONFIRMATION_SETTINGS, decide, fulfill, fulfillItems, live, place, reject } from '../../../support/sample-commands';

/** How an order comes into each status. */
const HISTORIES: Record<OrderStatus, readonly SequencedCommand[]> = {
  AWAITED: [],
  PENDING: [place(1)],
  CONFIRMED: [place(1)],
  CANCELLED: [place(1), cancel(2)],
  PARTIALLY_FULFILLED: [place(1), fulfillItems(2)],
  FULFILLED: [place(1), fulfill(2)],
  REJECTED: [reject(1)],
};

/** A command of each type that comes next. Its order is the one that was placed before. */
const NEXT: Record<CommandType, (sequence: number) => SequencedCommand> = {
  PlaceOrder: place,
  RejectOrder: reject,
  DecideConfirmation: decide,
  ChangeOrder: change,
  CancelOrder: cancel,
  FulfillOrder: fulfill,
  FulfillOrderItems: fulfillItems,
};

interface Expectation {
  readonly status: OrderStatus;
  readonly version: number;
  /** The event; none where it is left out. */
  readonly published?: string;
  readonly code?: string;
  /** The outcome for the log where no event is published. */
  readonly withoutEvent?: string;
}

const refused = (status: OrderStatus, version: number, published: string, code: string): Expectation => ({ status, version, published, code });

/** What is expected of every command in every status, written down a second time. */
const EXPECTED: Record<OrderStatus, Record<CommandType, Expectation>> = {
  AWAITED: {
    PlaceOrder: { status: 'CONFIRMED', version: 1, published: 'OrderConfirmed' },
    RejectOrder: { status: 'REJECTED', version: 0, withoutEvent: 'RejectionStored' },
    DecideConfirmation: refused('AWAITED', 0, 'OrderConfirmationRefused', 'ORDER_NOT_FOUND'),
    ChangeOrder: { status: 'AWAITED', version: 0, withoutEvent: 'CommandAwaitsOrder' },
    CancelOrder: { status: 'AWAITED', version: 0, withoutEvent: 'CommandAwaitsOrder' },
    FulfillOrder: { status: 'AWAITED', version: 0, withoutEvent: 'CommandAwaitsOrder' },
    FulfillOrderItems: { status: 'AWAITED', version: 0, withoutEvent: 'CommandAwaitsOrder' },
  },
  PENDING: {
    PlaceOrder: { status: 'PENDING', version: 1, withoutEvent: 'OrderRepeated' },
    RejectOrder: { status: 'PENDING', version: 1, withoutEvent: 'RejectionOutdated' },
    DecideConfirmation: { status: 'CONFIRMED', version: 2, published: 'OrderConfirmed' },
    ChangeOrder: { status: 'PENDING', version: 2, published: 'OrderChanged' },
    CancelOrder: { status: 'CANCELLED', version: 2, published: 'OrderCancelled' },
    FulfillOrder: refused('PENDING', 1, 'OrderFulfillmentRefused', 'ORDER_PENDING'),
    FulfillOrderItems: refused('PENDING', 1, 'OrderFulfillmentRefused', 'ORDER_PENDING'),
  },
  CONFIRMED: {
    PlaceOrder: { status: 'CONFIRMED', version: 1, withoutEvent: 'OrderRepeated' },
    RejectOrder: { status: 'CONFIRMED', version: 1, withoutEvent: 'RejectionOutdated' },
    DecideConfirmation: refused('CONFIRMED', 1, 'OrderConfirmationRefused', 'ORDER_CONFIRMED'),
    ChangeOrder: { status: 'CONFIRMED', version: 2, published: 'OrderChanged' },
    CancelOrder: { status: 'CANCELLED', version: 2, published: 'OrderCancelled' },
    FulfillOrder: { status: 'FULFILLED', version: 2, withoutEvent: 'OrderFulfilled' },
    FulfillOrderItems: { status: 'PARTIALLY_FULFILLED', version: 2, published: 'OrderPartiallyFulfilled' },
  },
  CANCELLED: {
    PlaceOrder: { status: 'CANCELLED', version: 2, withoutEvent: 'OrderRepeated' },
    RejectOrder: { status: 'CANCELLED', version: 2, withoutEvent: 'RejectionOutdated' },
    DecideConfirmation: refused('CANCELLED', 2, 'OrderConfirmationRefused', 'ORDER_CANCELLED'),
    ChangeOrder: refused('CANCELLED', 2, 'OrderChangeRefused', 'ORDER_CANCELLED'),
    CancelOrder: { status: 'CANCELLED', version: 2, withoutEvent: 'CancelOrderRepeated' },
    FulfillOrder: refused('CANCELLED', 2, 'OrderFulfillmentRefused', 'ORDER_CANCELLED'),
    FulfillOrderItems: refused('CANCELLED', 2, 'OrderFulfillmentRefused', 'ORDER_CANCELLED'),
  },
  PARTIALLY_FULFILLED: {
    PlaceOrder: { status: 'PARTIALLY_FULFILLED', version: 2, withoutEvent: 'OrderRepeated' },
    RejectOrder: { status: 'PARTIALLY_FULFILLED', version: 2, withoutEvent: 'RejectionOutdated' },
    DecideConfirmation: refused('PARTIALLY_FULFILLED', 2, 'OrderConfirmationRefused', 'ORDER_PARTIALLY_FULFILLED'),
    ChangeOrder: { status: 'PARTIALLY_FULFILLED', version: 3, published: 'OrderChanged' },
    CancelOrder: refused('PARTIALLY_FULFILLED', 2, 'OrderCancellationRefused', 'ORDER_PARTIALLY_FULFILLED'),
    FulfillOrder: { status: 'FULFILLED', version: 3, withoutEvent: 'OrderFulfilled' },
    FulfillOrderItems: { status: 'PARTIALLY_FULFILLED', version: 3, published: 'OrderPartiallyFulfilled' },
  },
  FULFILLED: {
    PlaceOrder: { status: 'FULFILLED', version: 2, withoutEvent: 'OrderRepeated' },
    RejectOrder: { status: 'FULFILLED', version: 2, withoutEvent: 'RejectionOutdated' },
    DecideConfirmation: refused('FULFILLED', 2, 'OrderConfirmationRefused', 'ORDER_FULFILLED'),
    ChangeOrder: refused('FULFILLED', 2, 'OrderChangeRefused', 'ORDER_FULFILLED'),
    CancelOrder: refused('FULFILLED', 2, 'OrderCancellationRefused', 'ORDER_FULFILLED'),
    FulfillOrder: { status: 'FULFILLED', version: 2, withoutEvent: 'FulfillOrderRepeated' },
    FulfillOrderItems: refused('FULFILLED', 2, 'OrderFulfillmentRefused', 'ORDER_FULFILLED'),
  },
  REJECTED: {
    PlaceOrder: { status: 'CONFIRMED', version: 1, published: 'OrderConfirmed' },
    RejectOrder: { status: 'REJECTED', version: 0, withoutEvent: 'RejectionStored' },
    DecideConfirmation: refused('REJECTED', 0, 'OrderConfirmationRefused', 'ORDER_REJECTED'),
    ChangeOrder: refused('REJECTED', 0, 'OrderChangeRefused', 'ORDER_REJECTED'),
    CancelOrder: refused('REJECTED', 0, 'OrderCancellationRefused', 'ORDER_REJECTED'),
    FulfillOrder: refused('REJECTED', 0, 'OrderFulfillmentRefused', 'ORDER_REJECTED'),
    FulfillOrderItems: refused('REJECTED', 0, 'OrderFulfillmentRefused', 'ORDER_REJECTED'),
  },
};

const CELLS = Object.entries(ORDER_STATES).flatMap(([status, commands]) =>
  Object.entries(commands).map(([type, transition]) => ({ status: status as OrderStatus, type: type as CommandType, transition })));

/** What stays of an item that a command leaves as it is. */
const untouched = ({ revision, sequence, outcome, pending, pendingShard, pendingUntil, expiresAt, ...item }: OrderItem) => item;

describe.each(CELLS)('$type in status $status', ({ status, type, transition }) => {
  const expected = EXPECTED[status][type];
  const settings = status === 'PENDING' ? CONFIRMATION_SETTINGS : undefined;
  const before = HISTORIES[status].length > 0 ? live(HISTORIES[status], undefined, undefined, settings).item : undefined;
  const command = NEXT[type](HISTORIES[status].length + 1);
  const { item, writes } = live([command], before, undefined, settings);
  const { outcome } = writes[0].item;

  test('leads to the status and the version that are expected', () => {
    expect(item).toMatchObject({ status: expected.status, version: expected.version });
  });

  test('is one write, which applies it', () => {
    expect(writes).toHaveLength(1);
    expect(item).toMatchObject({ sequence: command.sequence, revision: (before?.revision ?? 0) + 1 });
  });

  test('publishes the expected event, with its cause', () => {
    const { commandId, sequence, correlationId, causationId, channel } = command;
    expect(outcome && { ...outcome, data: undefined, at: undefined }).toEqual(
      expected.published ? { type: expected.published, commandId, sequence, correlationId, causationId, channel } : undefined,
    );
    expect(writes[0].outcome).toBe(expected.published ?? expected.withoutEvent);
  });

  if (transition.kind === 'refuse') {
    test('is refused with the code, its reason and where the order stands', () => {
      const { code } = expected as { code: keyof typeof REFUSAL_REASON };
      expect(transition.code).toBe(code);
      expect(writes[0].reason).toBe(code);
      expect(outcome?.data).toEqual({
        code,
        reason: REFUSAL_REASON[code],
        ...(status === 'AWAITED' ? {} : { currentStatus: status }),
        ...(status === 'AWAITED' || status === 'REJECTED' ? {} : { currentVersion: expected.version }),
      });
    });
  }

  if (before && transition.kind !== 'to') {
    test('leaves the order as it was', () => {
      expect(untouched(item)).toEqual(untouched(before));
      expect(orderView(item)).toEqual(orderView(before));
    });
  }

  test('does nothing when it comes again', () => {
    expect(live([command], item, undefined, settings)).toEqual({ item, writes: [] });
  });
});

test.each<OrderStatus>(['CONFIRMED', 'CANCELLED', 'PARTIALLY_FULFILLED', 'FULFILLED'])('an order with other content is refused the id of one that is %s, which stays as it was', (status) => {
  const before = live(HISTORIES[status]).item;
  const { item, writes: [{ outcome, reason }] } = live([place(before.sequence + 1, { notes: 'another' })], before);

  expect([outcome, reason]).toEqual(['OrderRejected', 'DUPLICATE_ORDER_ID']);
  expect(item.outcome?.data).toEqual({
    code: 'DUPLICATE_ORDER_ID',
    reason: 'another order with other content already has this id; the stored order is unchanged',
    errors: [{ path: '/orderId', code: 'DUPLICATE_ORDER_ID', message: 'this id belongs to an order with other content' }],
  });
  expect(untouched(item)).toEqual(untouched(before));
});

describe('the tables', () => {
  test('have every command in every status, and nothing else', () => {
    expect(CELLS.map(({ status, type }) => `${status} ${type}`)).toEqual(
      Object.entries(EXPECTED).flatMap(([status, commands]) => Object.keys(commands).map((type) => `${status} ${type}`)),
    );
    expect(CELLS).toHaveLength(49);
  });

  test.each(Object.values(REFUSAL_CODE))('have a reason for %s', (code) => {
    expect(REFUSAL_REASON[code]).toMatch(/^[a-z].{20,}[^.]$/);
  });

  test('have no reason without a code', () => {
    expect(Object.keys(REFUSAL_REASON).sort()).toEqual(Object.keys(REFUSAL_CODE).sort());
  });

  test('state the channels of every command, and its events', () => {
    const stated = Object.entries(COMMANDS).map(([type, definition]) =>
      [type, definition.channels, 'isRequestedOnBus' in definition, definition.requested, 'done' in definition ? definition.done : undefined, definition.refused]);

    expect(stated).toEqual([
      ['PlaceOrder', ['api', 'file', 'bus', 'source'], false, 'OrderValidated', 'OrderConfirmed', 'OrderRejected'],
      ['RejectOrder', [], false, 'OrderRejected', undefined, 'OrderRejected'],
      ['DecideConfirmation', [], true, 'OrderConfirmationDecided', 'OrderConfirmed', 'OrderConfirmationRefused'],
      ['ChangeOrder', ['api'], true, 'OrderChangeRequested', 'OrderChanged', 'OrderChangeRefused'],
      ['CancelOrder', ['api'], true, 'OrderCancellationRequested', 'OrderCancelled', 'OrderCancellationRefused'],
      ['FulfillOrder', [], true, 'OrderFulfilled', undefined, 'OrderFulfillmentRefused'],
      ['FulfillOrderItems', [], true, 'OrderItemsFulfilled', 'OrderPartiallyFulfilled', 'OrderFulfillmentRefused'],
    ]);
  });
});
