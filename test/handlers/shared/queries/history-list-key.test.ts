import { historyListKey } from '#shared';

const EARLY = '2026-01-31T12:00:00.000Z';
const LATE = '2026-01-31T12:00:00.001Z';
const key = (occurredAt: string, metadata: Record<string, unknown>, eventId = 'event-1') => historyListKey({ eventId, occurredAt, metadata });

test.each([
  ['by time first', [key(EARLY, { sequence: 9, version: 9 }), key(LATE, { sequence: 1, version: 1 })]],
  ['by sequence within a millisecond', [key(EARLY, { sequence: 2, version: 7 }), key(EARLY, { sequence: 10, version: 1 })]],
  ['by version within a sequence', [key(EARLY, { sequence: 2, version: 9 }), key(EARLY, { sequence: 2, version: 10 })]],
  ['by ID last', [key(EARLY, { sequence: 2, version: 9 }, 'event-1'), key(EARLY, { sequence: 2, version: 9 }, 'event-2')]],
  ['without a sequence before all others', [key(EARLY, {}, 'z'), key(EARLY, { sequence: 1 }, 'a')]],
  ['with the largest numbers last', [key(EARLY, { sequence: 9 }), key(EARLY, { sequence: Number.MAX_SAFE_INTEGER })]],
])('events are sorted %s', (_, sorted) => {
  expect([...sorted].reverse().sort()).toEqual(sorted);
});

test.each([undefined, null, '7', -1, 1.5, 2 ** 60, NaN])('a sequence of %p counts as none', (sequence) => {
  expect(key(EARLY, { sequence })).toBe(key(EARLY, {}));
});
