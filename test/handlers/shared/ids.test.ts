import * as fc from 'fast-check';
import { digest, eventIdFor, newCommandId, newOrderId, ORDER_ID_PATTERN, orderIdForKey } from '#shared';

test.each(['a', 'A-b_9', 'o'.repeat(64)])('%s can be an order\'s id', (id) => {
  expect(id).toMatch(ORDER_ID_PATTERN);
});

test.each(['', 'a b', 'ä', 'a/b', 'a\n', 'o'.repeat(65)])('refuses %j as an order\'s id', (id) => {
  expect(id).not.toMatch(ORDER_ID_PATTERN);
});

test('new ids are unique and can be an order\'s', () => {
  const ids = Array.from({ length: 1000 }, () => newOrderId());

  expect(new Set(ids).size).toBe(1000);
  expect(ids.filter((id) => !ORDER_ID_PATTERN.test(id))).toEqual([]);
});

test('the ids of commands sort by time', () => {
  jest.useFakeTimers({ now: 1_000_000 });
  const earlier = newCommandId();
  jest.setSystemTime(1_000_001);
  const later = newCommandId();
  jest.useRealTimers();

  expect(earlier < later).toBe(true);
});

test('an idempotency key stands for one order of one caller', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (caller, key) => {
    expect(orderIdForKey(caller, key)).toMatch(ORDER_ID_PATTERN);
    expect(orderIdForKey(caller, key)).toBe(orderIdForKey(caller, key));
    expect(orderIdForKey(caller, `${key}.`)).not.toBe(orderIdForKey(`${caller}.`, key));
  }));
});

test('a command\'s event of one type has one id, and that of another type another', () => {
  expect(eventIdFor('command-1', 'OrderValidated')).toBe(eventIdFor('command-1', 'OrderValidated'));
  expect(eventIdFor('command-1', 'OrderRejected')).not.toBe(eventIdFor('command-1', 'OrderValidated'));
});

test('two lists of parts never run together', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\\') }), { maxLength: 4 });
  fc.assert(fc.property(parts, parts, (one, other) => {
    expect(digest(one) === digest(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
  }));
});

test('ids are the same in every release: repeats across a deployment are still repeats', () => {
  expect(orderIdForKey('caller-1', 'key-1')).toBe('e75eec8bd7084a3b61918f58c8e46d2d');
  expect(eventIdFor('command-1', 'OrderValidated')).toBe('fbb803b8326c3eabcd70977b41bb8d23');
});
