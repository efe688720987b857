import {
  MAX_COMMAND_LIFETIME_MS, nextExpiry, nextWrite, orderView, REFUSAL_REASON, RetryableError, type ItemWrite, type SequencedCommand, type OrderItem,
} from '#shared';
import { cancel, change, CONFIRMATION_SETTINGS, decide, fulfill, live, outcomesOf, place, reject } from '../../../support/sample-commands';
import { SAMPLE_SETTINGS, SAMPLE_TIME, written } from '../../../support/sample-messages';

const NOW = new Date(SAMPLE_TIME);
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
/** When commands that became pending at `NOW` expire. */
const EXPIRY = later(SAMPLE_SETTINGS.pendingCommandRetention * 1000);

/** Refuses everything that has expired, one after the other. */
function expireAll(from: OrderItem, now = EXPIRY): { item: OrderItem; writes: ItemWrite[] } {
  let item = from;
  const writes: ItemWrite[] = [];
  for (let next = nextExpiry(item, now); next; next = nextExpiry(item, now)) {
    writes.push(next);
    item = written(next.item);
  }
  return { item, writes };
}

describe('commands on an order that has not come', () => {
  const waiting = live([change(1), cancel(2)]);

  test('are in sequence, and wait for it', () => {
    expect(outcomesOf(waiting.writes)).toEqual(['1 CommandAwaitsOrder (no event)', '2 CommandAwaitsOrder (no event)']);
    expect(waiting.item).toMatchObject({
      status: 'AWAITED', version: 0, revision: 2, sequence: 2, pending: { 1: { type: 'ChangeOrder', until: seconds(EXPIRY) }, 2: { type: 'CancelOrder' } },
    });
  });

  test('are done when it comes, in their order and each with its own event', () => {
    const { item, writes } = live([place(3)], waiting.item);

    expect(outcomesOf(writes)).toEqual(['3 OrderConfirmed', '1 OrderChanged', '2 OrderCancelled']);
    expect(item).toMatchObject({ status: 'CANCELLED', version: 3, sequence: 3, order: { notes: 'changed' } });
    expect(item).not.toHaveProperty('pending');
  });

  test('are refused when it is rejected', () => {
    const { item, writes } = live([reject(3)], waiting.item);

    expect(outcomesOf(writes)).toEqual(['3 RejectionStored (no event)', '1 OrderChangeRefused ORDER_REJECTED', '2 OrderCancellationRefused ORDER_REJECTED']);
    expect(item).toMatchObject({ status: 'REJECTED', version: 0 });
  });

  test('say who sent them when they are done', () => {
    const [, { item: { outcome } }] = live([place(2)], live([change(1)]).item).writes;

    expect(outcome).toMatchObject({ commandId: 'command-1', sequence: 1, correlationId: 'correlation-1', causationId: 'event-1' });
  });

  test('keep their expiry time when they were pending already', () => {
    const early = live([change(2)]).item;
    const { item } = live([cancel(1)], early, later(60_000));

    expect(item.pending).toMatchObject({ 1: { until: seconds(EXPIRY) + 60 }, 2: { until: seconds(EXPIRY) } });
    expect(item.sequence).toBe(2);
  });

  test('are refused when they expire: no order came', () => {
    const { item, writes } = expireAll(waiting.item);

    expect(outcomesOf(writes)).toEqual(['1 OrderChangeRefused ORDER_NOT_FOUND', '2 OrderCancellationRefused ORDER_NOT_FOUND']);
    expect(writes[0].item.outcome?.data).toEqual({ code: 'ORDER_NOT_FOUND', reason: REFUSAL_REASON.ORDER_NOT_FOUND });
    expect(item).toMatchObject({ status: 'AWAITED', sequence: 2 });
    expect(item).not.toHaveProperty('pending');
  });

  test('are refused once: they are not done when the order comes at last', () => {
    const { item, writes } = live([place(3)], expireAll(waiting.item).item);

    expect(outcomesOf(writes)).toEqual(['3 OrderConfirmed']);
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 1 });
  });
});

describe('commands that arrive out of order', () => {
  const early = live([cancel(4), change(3)], live([place(1)]).item);

  test('are pending, and leave the order as it is', () => {
    expect(outcomesOf(early.writes)).toEqual(['4 CommandPending (no event)', '3 CommandPending (no event)']);
    expect(early.item).toMatchObject({ status: 'CONFIRMED', version: 1, sequence: 1, revision: 3 });
    expect(orderView(early.item)).toEqual(orderView(live([place(1)]).item));
  });

  test('are applied after the missing one, each with its own event', () => {
    const { item, writes } = live([change(2, { notes: 'first' })], early.item);

    expect(outcomesOf(writes)).toEqual(['2 OrderChanged', '3 OrderChanged', '4 OrderCancelled']);
    expect(item).toMatchObject({ status: 'CANCELLED', version: 4, order: { notes: 'changed' } });
    expect(item).not.toHaveProperty('pending');
  });

  test('are pending once, however often they arrive', () => {
    expect(live([change(3), cancel(4)], early.item)).toEqual({ item: early.item, writes: [] });
  });

  test('are applied before the one that has just arrived', () => {
    // As if the writer of the second command stopped before it applied the third, which was pending.
    const { item: stopped } = nextWrite(early.item, change(2, { notes: 'first' }), NOW, SAMPLE_SETTINGS)!;
    const { writes } = live([fulfill(5)], written(stopped));

    expect(outcomesOf(writes)).toEqual(['3 OrderChanged', '4 OrderCancelled', '5 OrderFulfillmentRefused ORDER_CANCELLED']);
  });

  test('may be a placement, which is pending with its order', () => {
    const { item, writes } = live([change(1)], live([place(2)]).item);

    expect(outcomesOf(writes)).toEqual(['1 CommandAwaitsOrder (no event)', '2 OrderConfirmed', '1 OrderChanged']);
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 2, order: { notes: 'changed' } });
  });

  test('keep only the fingerprint of an order that is placed on a taken id', () => {
    const { item } = live([place(3, { customerId: 'canary' })], live([place(1)]).item);

    expect(item.pending![3].data).toEqual({ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(outcomesOf(live([change(2)], item).writes)).toEqual(['2 OrderChanged', '3 OrderRejected DUPLICATE_ORDER_ID']);
  });

  test('know the order that is placed again by its fingerprint', () => {
    const { item } = live([place(3)], live([place(1)]).item);

    expect(outcomesOf(live([change(2)], item).writes)).toEqual(['2 OrderChanged', '3 OrderRepeated (no event)']);
  });
});

test('a placement that arrives out of order while the order is pending keeps its content, and replaces the order when that is rejected', () => {
  const pending = live([place(1)], undefined, NOW, CONFIRMATION_SETTINGS).item;
  const early = live([place(3, { notes: 'second' })], pending, NOW, CONFIRMATION_SETTINGS).item;
  const { item, writes } = live([decide(2, 1, 'REJECT')], early, NOW, CONFIRMATION_SETTINGS);

  expect(outcomesOf(writes)).toEqual(['2 OrderRejected NOT_CONFIRMED', '3 OrderPending']);
  expect(item).toMatchObject({ status: 'PENDING', order: { notes: 'second' } });
});

describe('commands that expire out of order', () => {
  const early = live([cancel(3), place(4, { notes: 'canary' }), reject(5)], live([place(1)]).item);
  const expired = expireAll(early.item);

  test('are refused, each as what it is', () => {
    expect(outcomesOf(expired.writes)).toEqual(['3 OrderCancellationRefused EXPIRED', '4 OrderRejected EXPIRED', '5 RejectionOutdated (no event)']);
    expect(expired.writes[0].item.outcome?.data).toEqual({ code: 'EXPIRED', reason: REFUSAL_REASON.EXPIRED, currentStatus: 'CONFIRMED', currentVersion: 1 });
    expect(expired.writes[1].item.outcome?.data).toMatchObject({ code: 'EXPIRED', errors: [{ path: '', code: 'EXPIRED' }] });
  });

  test('stay as marks without their contents, so that the line knows them', () => {
    const mark = { data: {}, isExpired: true };

    expect(expired.item.pending).toMatchObject({ 3: mark, 4: mark, 5: mark });
    expect(Object.values(expired.item.pending!).map(({ data }) => data)).toEqual([{}, {}, {}]);
    expect(live([cancel(3), place(4)], expired.item)).toEqual({ item: expired.item, writes: [] });
  });

  test('are passed over without a word when the missing one comes at last', () => {
    const { item, writes } = live([change(2), change(6, { notes: 'next' })], expired.item);

    expect(outcomesOf(writes)).toEqual([
      '2 OrderChanged', '3 ExpiredCommandSkipped (no event)', '4 ExpiredCommandSkipped (no event)', '5 ExpiredCommandSkipped (no event)', '6 OrderChanged',
    ]);
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 3, sequence: 6, order: { notes: 'next' } });
    expect(item).not.toHaveProperty('pending');
  });

  test('are refused without a status where no order is', () => {
    const [{ item: { outcome } }] = expireAll(live([cancel(2)]).item).writes;

    expect(outcome?.data).toEqual({ code: 'EXPIRED', reason: REFUSAL_REASON.EXPIRED });
  });

  test('expire at their time and not a millisecond before it', () => {
    const { item } = live([cancel(3)], live([place(1)]).item);

    expect(nextExpiry(item, new Date(EXPIRY.getTime() - 1))).toBeUndefined();
    expect(nextExpiry(item, EXPIRY)?.outcome).toBe('OrderCancellationRefused');
  });

  test('leave those alone that came later', () => {
    const { item } = live([change(4)], live([cancel(3)], live([place(1)]).item).item, later(1000));

    expect(outcomesOf(expireAll(item).writes)).toEqual(['3 OrderCancellationRefused EXPIRED']);
  });
});

describe('a command whose predecessor got its place long ago', () => {
  const NOT_LONG_AGO = later(-MAX_COMMAND_LIFETIME_MS).toISOString();
  const LONG_AGO = later(-MAX_COMMAND_LIFETIME_MS - 1).toISOString();
  const after = (command: SequencedCommand, previousAt: string): SequencedCommand => ({ ...command, previousAt });

  test('is no longer on its way after 120 days', () => {
    expect(MAX_COMMAND_LIFETIME_MS).toBe(120 * 24 * 3600 * 1000);
  });

  test('waits for it as long as it may come', () => {
    expect(outcomesOf(live([after(cancel(3), NOT_LONG_AGO)], live([place(1)]).item).writes)).toEqual(['3 CommandPending (no event)']);
  });

  test('waits for it no longer', () => {
    const { item, writes } = live([after(cancel(3), LONG_AGO)], live([place(1)]).item);

    expect(outcomesOf(writes)).toEqual(['3 OrderCancelled']);
    expect(item).toMatchObject({ status: 'CANCELLED', sequence: 3 });
  });

  test('is applied where the sequence itself has expired', () => {
    expect(outcomesOf(live([after(place(7), LONG_AGO)]).writes)).toEqual(['7 OrderConfirmed']);
  });

  test('is still a duplicate when it was applied', () => {
    const { item } = live([after(cancel(3), LONG_AGO)], live([place(1)]).item);

    expect(live([after(cancel(3), LONG_AGO)], item).writes).toEqual([]);
  });

  test('is applied although it was pending, with whatever arrives next', () => {
    const { item } = live([after(change(3), SAMPLE_TIME)], live([place(1)]).item);
    const { writes } = live([after(cancel(4), later(1).toISOString())], item, later(MAX_COMMAND_LIFETIME_MS + 1));

    expect(outcomesOf(writes)).toEqual(['3 OrderChanged', '4 OrderCancelled']);
  });
});

describe('a command that comes after the line went on without it', () => {
  const LONG_AGO = later(-MAX_COMMAND_LIFETIME_MS - 1).toISOString();
  const skipping = live([{ ...change(5), previousAt: LONG_AGO }], live([place(1)]).item).item;

  test('is known to have been gaps', () => {
    expect(skipping).toMatchObject({ sequence: 5, version: 2, gaps: [[2, 4]] });
  });

  test.each([
    [cancel(3), 'OrderCancellationRefused', 'EXPIRED'], [change(2), 'OrderChangeRefused', 'EXPIRED'], [fulfill(4), 'OrderFulfillmentRefused', 'EXPIRED'],
    [place(3, { notes: 'late' }), 'OrderRejected', 'EXPIRED'],
  ])('is refused, and the order stays as it is: %#', (command, type, code) => {
    const { item, writes } = live([command], skipping);

    expect(item.outcome).toMatchObject({ type, commandId: command.commandId, sequence: command.sequence, data: { code } });
    expect(writes).toHaveLength(1);
    expect(orderView(item)).toEqual(orderView(skipping));
    expect(item.sequence).toBe(5);
  });

  test('is not remembered when it was a rejection', () => {
    expect(outcomesOf(live([reject(3)], skipping).writes)).toEqual(['3 RejectionOutdated (no event)']);
  });

  test('is answered once, however often and in whatever order the gaps ones come', () => {
    const { item, writes } = live([cancel(3), cancel(3), cancel(4), change(2), cancel(4), change(2)], skipping);

    expect(outcomesOf(writes)).toEqual(['3 OrderCancellationRefused EXPIRED', '4 OrderCancellationRefused EXPIRED', '2 OrderChangeRefused EXPIRED']);
    expect(item.gaps).toEqual([]);
  });

  test('is remembered as gaps until it comes, whatever becomes of the order', () => {
    const { item } = live([cancel(6), { ...cancel(9), previousAt: LONG_AGO }], skipping);

    expect(item.gaps).toEqual([[2, 4], [7, 8]]);
    expect(live([place(2)], live([reject(1), { ...reject(4), previousAt: LONG_AGO }]).item).item.outcome).toMatchObject({ type: 'OrderRejected' });
  });

  test('is not shown to clients', () => {
    expect(orderView(skipping)).not.toHaveProperty('gaps');
  });

  test('is remembered as gaps, too, where the line itself is forgotten', () => {
    const { item } = live([{ ...place(7), previousAt: LONG_AGO }]);

    expect(item).toMatchObject({ gaps: [[1, 6]] });
    expect(outcomesOf(live([cancel(6)], item).writes)).toEqual(['6 OrderCancellationRefused EXPIRED']);
  });
});

/** A change of about 10 KB. */
const long = (sequence: number) => change(sequence, { attributes: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key-${n}`, 'v'.repeat(250)])) });
const longFrom = (sequence: number, count: number) => Array.from({ length: count }, (_, n) => long(sequence + n));

describe('room for commands that arrive out of order', () => {
  const first = live([place(1)]).item;

  test('ends at 120 KB: a further one stays in its queue', () => {
    const full = longFrom(3, 10);

    expect(Buffer.byteLength(JSON.stringify(live(full, first).item.pending))).toBeGreaterThan(100_000);
    expect(() => live([...full, long(13), long(14)], first)).toThrow(new RetryableError('PendingCapacityExceeded', 'too many commands arrived out of order'));
  });

  test('is there for one, however large, and then for no other', () => {
    const items = Array.from({ length: 100 }, (_, n) => ({ sku: 's', name: '\u0001'.repeat(256), quantity: 1, unitPrice: n }));
    const { item } = live([place(2, { items })]);

    expect(Object.keys(item.pending!)).toEqual(['2']);
    expect(() => live([cancel(3)], item)).toThrow(RetryableError);
  });

  test('does not matter to the one whose turn it is', () => {
    const { item } = live(longFrom(3, 10), first);

    expect(live([change(2)], item).writes.map(({ outcome }) => outcome)).toEqual(['OrderChanged', ...new Array(10).fill('OrderChangeRefused')]);
  });
});

describe('room for commands that wait for their order', () => {
  const words = (commands: readonly SequencedCommand[], from?: OrderItem) => outcomesOf(live(commands, from).writes).toSorted();

  test('ends at 64 KB: a further one is refused, and the order that comes takes those that wait', () => {
    const { item, writes } = live(longFrom(1, 7));

    expect(outcomesOf(writes).slice(4)).toEqual(['5 CommandAwaitsOrder (no event)', '6 CommandAwaitsOrder (no event)', '7 OrderChangeRefused TOO_MANY_PENDING']);
    expect(writes.at(-1)!.item.outcome?.data).toEqual({ code: 'TOO_MANY_PENDING', reason: REFUSAL_REASON.TOO_MANY_PENDING });
    expect(item).toMatchObject({ status: 'AWAITED', sequence: 7 });
    expect(Object.keys(item.pending!)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('is refused to the same commands, in whatever order they come', () => {
    const inOrder = words(longFrom(1, 8)).filter((word) => word.includes('Refused'));
    const backwards = words(longFrom(1, 8).reverse()).filter((word) => word.includes('Refused'));

    expect(inOrder).toEqual(['7 OrderChangeRefused TOO_MANY_PENDING', '8 OrderChangeRefused TOO_MANY_PENDING']);
    expect(backwards).toEqual(inOrder);
  });

  test('is there again when those that wait have expired', () => {
    const { item } = expireAll(live(longFrom(1, 7)).item);

    expect(words([long(8)], item)).toEqual(['8 CommandAwaitsOrder (no event)']);
  });
});

test('there is nothing to do without a command and without any that waits', () => {
  expect(nextWrite(undefined, undefined, NOW, SAMPLE_SETTINGS)).toBeUndefined();
  expect(nextWrite(live([place(1)]).item, undefined, NOW, SAMPLE_SETTINGS)).toBeUndefined();
  expect(nextWrite(live([change(1)]).item, undefined, NOW, SAMPLE_SETTINGS)).toBeUndefined();
});
