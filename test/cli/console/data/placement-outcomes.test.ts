import type { ConsoleContext } from '../../../../cli/console/console-context';
import { countTotals, type InQueues } from '../../../../cli/console/data/count-totals';
import { PlacementOutcomes, storedOutcome } from '../../../../cli/console/data/placement-outcomes';
import type { HistoryRecord } from '../../../../handlers/shared/queries/history-record';

const AT = '2026-03-01T12:00:00.000Z';
const NOW = Date.parse(AT) + 60_000;

const event = (type: string, number: number, data: object = {}, commandId = `command-${number}`): HistoryRecord => ({
  orderId: `order-${number}`, eventId: `${type}-${commandId}`, occurredAt: AT, listKey: AT, type, metadata: { commandId, sequence: 1 }, data,
});
const validated = (number: number, commandId?: string) => event('OrderValidated', number, {}, commandId);
const confirmed = (number: number) => event('OrderConfirmed', number);
const rejected = (number: number, code: string) => event('OrderRejected', number, { code });

type Item = Readonly<Record<string, unknown>>;

/** The totals of events, of items in the orders table and of messages in queues. */
async function totalsOf(events: readonly HistoryRecord[], items: readonly Item[] = [], queues: Partial<InQueues> = {}, since?: Date) {
  const outcomes = new PlacementOutcomes(since);
  for (const each of events) outcomes.add(each);
  const context = {
    pipeline: { tables: { orders: 'orders' } },
    aws: {
      batchGet: async (_: string, keys: readonly Item[]) => items.filter((item) => keys.some(({ orderId }) => orderId === item.orderId)),
    },
  } as unknown as ConsoleContext;
  const count = () => countTotals(outcomes, { inFlight: 0, visible: 0, deadLetters: [], ...queues }, context, NOW);
  return { totals: await count(), outcomes, count };
}

const placed = (number: number, commandId = `command-${number}`, changes: object = {}) =>
  ({ orderId: `order-${number}`, status: 'CONFIRMED', sequence: 1, placement: { commandId }, ...changes });

test('confirmed and rejected orders are counted by their events, in any sequence', async () => {
  const { totals } = await totalsOf([
    validated(1), confirmed(1), confirmed(2), validated(2), rejected(3, 'INVALID_ORDER'), rejected(4, 'DUPLICATE_ORDER_ID'), validated(4),
  ]);
  expect(totals).toEqual({ accepted: 4, confirmed: 2, repeated: 0, rejected: 2, pending: 0, deadLettered: 0, unaccounted: 0 });
});

test('an order without an event of its outcome is repeated if the table shows that it was applied', async () => {
  const { totals } = await totalsOf([validated(1), confirmed(1), validated(1, 'command-again')], [placed(1, 'command-1', { sequence: 1 })]);
  expect(totals).toMatchObject({ accepted: 2, confirmed: 1, repeated: 1, unaccounted: 0 });
});

test('a lost order shows: it has no outcome, and no message of it is anywhere', async () => {
  const { totals } = await totalsOf([validated(1), confirmed(1), validated(2)]);
  expect(totals).toEqual({ accepted: 2, confirmed: 1, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 1 });
});

test('an order is pending while messages are in flight, and lost when it is old and no message waits', async () => {
  expect((await totalsOf([validated(1)], [], { inFlight: 1, visible: 1 })).totals).toMatchObject({ pending: 1, unaccounted: 0 });
  const long = { ...validated(1), occurredAt: '2026-03-01T11:00:00.000Z' };
  expect((await totalsOf([long], [], { inFlight: 1, visible: 0 })).totals).toMatchObject({ pending: 0, unaccounted: 1 });
});

test('an order is pending while its item is', async () => {
  expect((await totalsOf([validated(1)], [placed(1, 'command-1', { status: 'PENDING' })])).totals).toMatchObject({ pending: 1, unaccounted: 0 });
  expect((await totalsOf([validated(1)], [{ orderId: 'order-1', status: 'AWAITED', sequence: 0, pending: { 1: {} } }])).totals).toMatchObject({ pending: 1 });
});

test('an order whose message is in a dead-letter queue is dead-lettered, and confirmed after its redrive', async () => {
  const queues = { deadLetters: [{ id: '1', queue: 'processing', orderId: 'order-1', commandId: 'command-1' }] };
  const { totals, outcomes, count } = await totalsOf([validated(1)], [], queues);
  expect(totals).toMatchObject({ accepted: 1, deadLettered: 1, unaccounted: 0 });
  outcomes.add(confirmed(1));
  expect(await count()).toMatchObject({ accepted: 1, confirmed: 1, deadLettered: 0, unaccounted: 0 });
});

test('a poison message of the orders queue was accepted and never validated; a change in it is not an order', async () => {
  const { totals } = await totalsOf([], [], { deadLetters: [{ id: '1', queue: 'orders' }, { id: '2', queue: 'orders', type: 'ChangeOrder' }, { id: '3', queue: 'history' }] });
  expect(totals).toMatchObject({ accepted: 1, deadLettered: 1, unaccounted: 0 });
});

test('an outcome whose placement was before the start does not count', async () => {
  const { totals } = await totalsOf([confirmed(1), rejected(2, 'DUPLICATE_ORDER_ID'), validated(3), confirmed(3)], [], {}, new Date(AT));
  expect(totals).toEqual({ accepted: 1, confirmed: 1, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 0, since: AT });
});

test('a late event corrects what the table showed before', async () => {
  const { outcomes, count } = await totalsOf([validated(1, 'command-other')], [placed(1, 'command-1')]);
  expect(outcomes.counts.repeated).toBe(1);
  outcomes.add(event('OrderRejected', 1, { code: 'DUPLICATE_ORDER_ID' }, 'command-other'));
  expect(await count()).toMatchObject({ accepted: 1, repeated: 0, rejected: 1, unaccounted: 0 });
});

test.each([
  ['no item', undefined, 'not-applied'],
  ['an item that is behind', { sequence: 1 }, 'not-applied'],
  ['an item that advanced past it in a gap', { sequence: 5, gaps: [[2, 3]] }, 'not-applied'],
  ['a pending command', { sequence: 1, pending: { 2: {} } }, 'pending'],
  ['its placement', { sequence: 2, status: 'CONFIRMED', placement: { commandId: 'c' } }, 'confirmed'],
  ['its pending placement', { sequence: 2, status: 'PENDING', placement: { commandId: 'c' } }, 'pending'],
  ['its rejection', { sequence: 2, status: 'REJECTED', outcome: { commandId: 'c', type: 'OrderRejected' } }, 'rejected'],
  ['another placement', { sequence: 2, status: 'CONFIRMED', placement: { commandId: 'other' } }, 'repeated'],
])('of a placement, %s shows that it is %s', (_, item, state) => {
  expect(storedOutcome({ orderKey: 'order-1', commandId: 'c', sequence: 2, at: 0 }, item as never)).toBe(state);
});
