import '../support/handler-env';
import { handler } from '../../handlers/process-order';
import { eventOfChange, nextExpiry } from '../../handlers/shared';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { publishedEvents } from '../support/published-events';
import {
  cancellationRequested, changeRequested, confirmedItem, fromOutside, itemAfter, onTheBus, orderRejected, orderValidated, rejectedItem, SAMPLE_TIME,
  SAMPLE_TOTAL,
} from '../support/sample-messages';
import { sentMessages } from '../support/sent-messages';
import { failed } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

describe('a validated order', () => {
  test('is stored once, confirmed, in version 1', async () => {
    expect(await deliver(handler, onTheBus(orderValidated()))).toEqual(failed());

    expect(table.order()).toMatchObject({ orderId: 'order-1', status: 'CONFIRMED', version: 1, total: SAMPLE_TOTAL, sequence: 1, revision: 1 });
    expect(loggedOutcomes()).toEqual(['OrderConfirmed']);
  });

  test('is stored without a look at the table', async () => {
    table.crossing = (name, _, effect) => {
      if (name === 'get') throw new Error('it looked');
      return effect();
    };

    expect(await deliver(handler, onTheBus(orderValidated()))).toEqual(failed());
  });

  test('publishes nothing: the event follows from the table\'s stream', async () => {
    await deliver(handler, onTheBus(orderValidated()));

    expect(table.order()?.outcome).toMatchObject({ type: 'OrderConfirmed', commandId: 'command-1' });
    expect(publishedEvents()).toEqual([]);
  });

  test('changes nothing when its message comes again', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, onTheBus(orderValidated()))).toEqual(failed());
    expect(table.order()).toEqual(confirmedItem());
    expect(loggedOutcomes()).toEqual(['CommandRedelivered']);
  });

  test('changes nothing when the same order was placed before', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 })))).toEqual(failed());
    expect(table.order()).toMatchObject({ version: 1, placement: { commandId: 'command-1' } });
    expect(table.order()).not.toHaveProperty('outcome');
    expect(loggedOutcomes()).toEqual(['OrderRepeated']);
  });

  test('takes the place of a rejected one', async () => {
    table.seed(rejectedItem());
    await deliver(handler, onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 })));

    expect(table.order()).toMatchObject({ status: 'CONFIRMED', version: 1, revision: 2 });
    expect(table.order()).not.toHaveProperty('rejection');
  });

  test('is pending when an earlier command has not arrived', async () => {
    await deliver(handler, onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 })));

    expect(table.order()).toMatchObject({ status: 'AWAITED', sequence: 0, pending: { 2: { type: 'PlaceOrder', commandId: 'command-2' } } });
    expect(loggedOutcomes()).toEqual(['CommandPending']);
  });

  test('takes with it what waited for it', async () => {
    table.seed(itemAfter([changeRequested(), cancellationRequested({ commandId: 'command-3', sequence: 3 })]));
    await deliver(handler, onTheBus(orderValidated()));

    expect(table.order()).toMatchObject({ status: 'CANCELLED', version: 3, sequence: 3, order: { notes: 'changed' } });
    expect(loggedOutcomes()).toEqual(['OrderConfirmed']);
  });
});

test('an order with the id of another is refused it, and the other stays as it is', async () => {
  table.seed(confirmedItem(orderValidated({}, { customerId: 'another-customer' })));

  expect(await deliver(handler, onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 })))).toEqual(failed());
  expect(table.order()).toMatchObject({
    customerId: 'another-customer', version: 1, outcome: { type: 'OrderRejected', commandId: 'command-2', data: { code: 'DUPLICATE_ORDER_ID' } },
  });
  expect(loggedEntries()[0].outcomes).toMatchObject([{ outcome: 'OrderRejected', reason: 'DUPLICATE_ORDER_ID' }]);
});

describe('a rejected order', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-02-01T00:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is remembered with its reasons, and shown until its time is over', async () => {
    expect(await deliver(handler, onTheBus(orderRejected()))).toEqual(failed());

    expect(table.order()).toMatchObject({
      orderId: 'order-1',
      status: 'REJECTED',
      version: 0,
      customerId: 'customer-1',
      rejection: { code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
      visibleUntil: Date.parse('2026-02-01T01:00:00Z') / 1000,
      expiresAt: Date.parse('2026-06-01T01:00:00Z') / 1000,
    });
    expect(loggedOutcomes()).toEqual(['RejectionStored']);
  });

  test('changes nothing where an order is', async () => {
    table.seed(confirmedItem());
    await deliver(handler, onTheBus(orderRejected({ commandId: 'command-2', sequence: 2 })));

    expect(table.order()).toMatchObject({ status: 'CONFIRMED', version: 1 });
    expect(loggedOutcomes()).toEqual(['RejectionOutdated']);
  });
});

test.each([
  ['of a taken id', [orderValidated({}, { notes: 'another' }), orderValidated({ commandId: 'command-2', sequence: 2 })], new Date(SAMPLE_TIME)],
  ['of an order that waited too long', [orderValidated({ commandId: 'command-2', sequence: 2 })], new Date('2026-03-01')],
])('a rejection %s, which was published from the table, changes nothing when the bus delivers it', async (_, events, now) => {
  const item = itemAfter(events);
  const rejecting = item.outcome ? item : nextExpiry(item, now)!.item;
  table.seed(rejecting);
  const rejection = eventOfChange(undefined, rejecting)!;

  expect(rejection.type).toBe('OrderRejected');
  expect(await deliver(handler, onTheBus(rejection))).toEqual(failed());
  expect(table.puts).toEqual([]);
  expect(loggedOutcomes()).toEqual(['CommandRedelivered']);
});

test('messages about one order in one batch are taken one after the other, others at once', async () => {
  const steps: string[] = [];
  table.crossing = async (name, input, effect) => {
    if (name !== 'put') return effect();
    const { orderId, sequence } = input.Item as { orderId: string; sequence: number };
    steps.push(`begin ${orderId} ${sequence}`);
    await new Promise((resolve) => { setImmediate(resolve); });
    steps.push(`end ${orderId} ${sequence}`);
    return effect();
  };

  const second = onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 }));

  expect(await deliver(handler, onTheBus(orderRejected()), second, onTheBus(orderValidated({ orderId: 'order-2' })))).toEqual(failed());
  expect(steps.filter((step) => step.includes('order-1'))).toEqual(['begin order-1 1', 'end order-1 1', 'begin order-1 2', 'end order-1 2']);
  expect(steps.indexOf('begin order-2 1')).toBeLessThan(steps.indexOf('end order-1 1'));
});

test('another handler\'s write in between is seen, and decided anew', async () => {
  table.seed(rejectedItem());
  let writes = 0;
  table.crossing = (name, _, effect) => {
    if (name === 'put' && ++writes === 1) table.seed({ ...rejectedItem(), revision: 2 });
    return effect();
  };

  expect(await deliver(handler, onTheBus(orderValidated({ commandId: 'command-2', sequence: 2 })))).toEqual(failed());
  expect(table.order()).toMatchObject({ status: 'CONFIRMED', revision: 3 });
});

test('a write whose answer is lost has its effect once', async () => {
  let lost = false;
  table.crossing = (name, _, effect) => {
    const answer = effect();
    if (name !== 'put' || lost) return answer;
    lost = true;
    throw new Error('socket hang up');
  };

  expect(await deliver(handler, onTheBus(orderValidated()))).toEqual(failed('message-1'));
  expect(await deliver(handler, onTheBus(orderValidated()))).toEqual(failed());
  expect(table.order()).toMatchObject({ version: 1, revision: 1, outcome: { type: 'OrderConfirmed' } });
  expect(loggedOutcomes()).toEqual(['CommandRedelivered']);
});

test('what another system asks for is not for this handler: it goes to the dead-letter queue', async () => {
  expect(await deliver(handler, fromOutside('OrderCancellationRequested', { reason: 'r' }))).toEqual(failed());

  expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: 'the command has no sequence number' } } }]);
});

test('the log holds nothing of what is in an order', async () => {
  await deliver(handler, onTheBus(orderValidated({}, { customerId: 'canary', notes: 'canary', attributes: { canary: 'canary' } })));

  expect(loggedOutcomes()).toEqual(['OrderConfirmed']);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandConsumer(handler, (orderId, commandId) => onTheBus(orderValidated({ orderId, commandId })));
