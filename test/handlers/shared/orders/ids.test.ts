import * as fc from 'fast-check';
import { isValid } from 'ulid';
import {
  commandIdForKey, commandIdInFile, digest, eventIdFor, indexInFile, newCommandId, newOrderId, ORDER_ID_PATTERN, orderIdForKey, requestId,
  timeOfCommandId,
} from '#shared';

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

test('a command ID has the time at which it was created', () => {
  jest.useFakeTimers({ now: 1_700_000_000_123 });
  const id = newCommandId();
  jest.useRealTimers();

  expect(timeOfCommandId(id)).toBe(1_700_000_000_123);
});

test.each([
  ['an idempotency key', commandIdForKey('caller', 'key', ['request'])], ['an event of another system', requestId('CancelOrder', 'order-1', 'event-1', '{}')], ['a person', 'command-1'],
])('a command ID derived from %s has no time', (_, id) => {
  expect(timeOfCommandId(id)).toBeUndefined();
});

describe('the command ids of a file', () => {
  const RECEIVED = '2026-01-31T12:00:00.000Z';
  const FILE = 'f'.repeat(32);

  test('are always the same ones, and tell when the file came', () => {
    const [one, again] = [commandIdInFile(RECEIVED, FILE), commandIdInFile(RECEIVED, FILE)];

    expect(one(7)).toBe(again(7));
    expect(isValid(one(7))).toBe(true);
    expect(timeOfCommandId(one(7))).toBe(Date.parse(RECEIVED));
  });

  test('are others for other places, files and times, and sort by place', () => {
    const id = commandIdInFile(RECEIVED, FILE);

    expect(new Set([id(0), id(1), commandIdInFile(RECEIVED, `0${FILE}`)(0), commandIdInFile('2026-02-01T00:00:00.000Z', FILE)(0)]).size).toBe(4);
    expect([id(1_000_000), id(31), id(32), id(0)].sort()).toEqual([id(0), id(31), id(32), id(1_000_000)]);
  });
});

describe('the index of an order in its file', () => {
  const RECEIVED = '2026-01-31T12:00:00.000Z';
  const fileId = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });

  test('is in its command ID', () => {
    fc.assert(fc.property(fileId, fc.nat(5_000_000), (id, index) => {
      expect(indexInFile(id, commandIdInFile(RECEIVED, id)(index))).toBe(index);
    }));
  });

  test('is unknown in the command ID of another file, and in any other text', () => {
    fc.assert(fc.property(fileId, fileId, fc.nat(100), (one, other, index) => {
      fc.pre(one.slice(0, 12) !== other.slice(0, 12));
      expect(indexInFile(one, commandIdInFile(RECEIVED, other)(index))).toBeUndefined();
    }));
    fc.assert(fc.property(fileId, fc.string(), (id, text) => {
      expect(indexInFile(id, text)).toBeUndefined();
      expect(indexInFile(text, commandIdInFile(RECEIVED, id)(1))).toBeUndefined();
      expect(indexInFile(id, `${commandIdInFile(RECEIVED, id)(1)}${text}0`)).toBeUndefined();
    }));
  });
});

test('requests and keys never share a command id, whatever they say', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
    const ids = [requestId(one, other, '', ''), commandIdForKey(one, other, []), orderIdForKey(one, other), eventIdFor(one, other)];
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  }));
});

test('an idempotency key stands for one order of one caller', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (caller, key) => {
    expect(orderIdForKey(caller, key)).toMatch(ORDER_ID_PATTERN);
    expect(orderIdForKey(caller, key)).toBe(orderIdForKey(caller, key));
    expect(orderIdForKey(caller, `${key}.`)).not.toBe(orderIdForKey(`${caller}.`, key));
  }));
});

test('a command\'s event of one type has one id, and that of another type another', () => {
  const id = eventIdFor('OrderValidated', 'order-1', 'command-1');

  expect(eventIdFor('OrderValidated', 'order-1', 'command-1')).toBe(id);
  expect(eventIdFor('OrderRejected', 'order-1', 'command-1')).not.toBe(id);
  expect(eventIdFor('OrderValidated', 'order-2', 'command-1')).not.toBe(id);
});

test('two lists of parts never run together', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\\') }), { maxLength: 4 });
  fc.assert(fc.property(parts, parts, (one, other) => {
    expect(digest(one) === digest(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
  }));
});

test('ids are the same in every release: repeats across a deployment are still repeats', () => {
  expect(orderIdForKey('caller-1', 'key-1')).toBe('e75eec8bd7084a3b61918f58c8e46d2d');
  expect(eventIdFor('OrderValidated', 'order-1', 'command-1')).toBe('6dfb2d228a048511f2c659a9e0027a88');
  expect(requestId('CancelOrder', 'order-1', 'event-1', '{}')).toBe('49de8bbe0c81ca18f212232e8f70623d');
  expect(commandIdForKey('caller-1', 'key-1', ['CancelOrder', 'order-1', '{}'])).toBe('8e5cf6646d1d74bee1daee02e39ee728');
});

test('an ID that only looks like a ULID has no time', () => {
  expect(timeOfCommandId('Z'.repeat(26))).toBeUndefined();
});
