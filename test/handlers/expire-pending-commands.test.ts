import '../support/handler-env';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { handler } from '../../handlers/expire-pending-commands';
import { loggedEntries } from '../support/captured-logs';
import { freshAws } from '../support/command-consumer';
import { tables, type FakeOrdersTable } from '../support/fake-orders-table';
import {
  cancellationRequested, changeRequested, confirmedItem, itemAfter, orderValidated, SAMPLE_SETTINGS, SAMPLE_TIME,
} from '../support/sample-messages';

const EXPIRY = Date.parse(SAMPLE_TIME) + SAMPLE_SETTINGS.pendingCommandRetention * 1000;

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
  jest.useFakeTimers({ now: EXPIRY, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Commands that wait for an order, since `SAMPLE_TIME`. */
const waiting = (n: number) => itemAfter([
  changeRequested({ orderId: `order-${n}`, commandId: `command-${n}-1`, sequence: 1 }), cancellationRequested({ orderId: `order-${n}`, commandId: `command-${n}-2`, sequence: 2 }),
]);

test('commands whose order never came are refused, each by a write of its own, in orders of all shards', async () => {
  const numbers = Array.from({ length: 20 }, (_, n) => n);
  table.seed(...numbers.map(waiting));
  expect(new Set(numbers.map((n) => table.order(`order-${n}`)!.pendingShard)).size).toBeGreaterThan(5);
  await handler();

  for (const n of numbers) {
    expect(table.order(`order-${n}`)).not.toHaveProperty('pending');
    expect(table.puts.filter(({ orderId }) => orderId === `order-${n}`).map(({ outcome }) => outcome)).toMatchObject([
      { type: 'OrderChangeRefused', commandId: `command-${n}-1`, data: { code: 'ORDER_NOT_FOUND' } },
      { type: 'OrderCancellationRefused', commandId: `command-${n}-2`, data: { code: 'ORDER_NOT_FOUND' } },
    ]);
  }
});

test('a command whose predecessor never came is refused, and marked', async () => {
  table.seed(itemAfter([orderValidated(), cancellationRequested({ commandId: 'command-3', sequence: 3 })]));
  await handler();

  expect(table.order()).toMatchObject({
    status: 'CONFIRMED', version: 1, pending: { 3: { isExpired: true } }, outcome: { type: 'OrderCancellationRefused', data: { code: 'EXPIRED', currentVersion: 1 } },
  });
  expect(table.order()).not.toHaveProperty('pendingUntil');
});

test('a placement whose predecessor never came is rejected', async () => {
  table.seed(itemAfter([orderValidated({ commandId: 'command-2', sequence: 2 })]));
  await handler();

  expect(table.order()).toMatchObject({ status: 'AWAITED', outcome: { type: 'OrderRejected', commandId: 'command-2', data: { code: 'EXPIRED' } } });
});

test('what expired is answered once, however often it is looked for', async () => {
  table.seed(waiting(1), itemAfter([orderValidated(), cancellationRequested({ commandId: 'command-3', sequence: 3 })]));
  await handler();
  const { length } = table.puts;
  await handler();

  expect(table.puts).toHaveLength(length);
});

test('what has not expired is left alone', async () => {
  jest.setSystemTime(EXPIRY - 1000);
  table.seed(waiting(1), confirmedItem());
  await handler();

  expect(table.puts).toEqual([]);
});

test('an order is looked at as it is, not as its index remembers it', async () => {
  table.seed(confirmedItem());
  tables.on(QueryCommand).resolves({ Items: [{ orderId: 'order-1' }, { orderId: 'order-2' }] });
  await handler();

  expect(table.puts).toEqual([]);
});

test('one log entry lists the refused commands, without their data', async () => {
  table.seed(waiting(1));
  await handler();

  expect(loggedEntries()[0]).toMatchObject({
    message: 'pending commands expired',
    outcomes: [
      { outcome: 'OrderChangeRefused', orderId: 'order-1', reason: 'ORDER_NOT_FOUND' }, { outcome: 'OrderCancellationRefused', orderId: 'order-1', reason: 'ORDER_NOT_FOUND' },
    ],
  });
});

test('the log has no entry when nothing expired', async () => {
  await handler();

  expect(loggedEntries()).toEqual([]);
});

test('an error of one order does not stop the others, and the next invocation does the rest', async () => {
  table.seed(...[1, 2, 3, 4].map(waiting));
  table.crossing = (name, input, effect) => {
    if (name === 'put' && (input.Item as { orderId: string }).orderId === 'order-2') throw Object.assign(new Error('canary'), { name: 'ThrottlingException' });
    return effect();
  };
  await handler();

  expect([1, 2, 3, 4].filter((n) => table.order(`order-${n}`)?.pending)).toEqual([2]);
  expect(loggedEntries()[0].outcomes).toContainEqual({ outcome: 'ExpireFailed', orderId: 'order-2', reason: 'ThrottlingException' });
  table.crossing = (_, __, effect) => effect();
  await handler();

  expect(table.order('order-2')).not.toHaveProperty('pending');
});

test('fails when it cannot be found out what has expired', async () => {
  tables.on(QueryCommand).rejects(new Error('down'));

  await expect(handler()).rejects.toThrow('down');
});
