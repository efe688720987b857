import { pauseAfter } from '../../../cli/redrive/pause-after';

const result = (changes: Partial<Parameters<typeof pauseAfter>[0]> = {}) => ({ moved: 0, failed: 0, ...changes });
/** The pauses after invocations that move nothing, until the queue cannot progress. */
function pauses(changes: Parameters<typeof result>[0]): number[] {
  const all: number[] = [];
  for (let stalled = 1; ; stalled++) {
    const pause = pauseAfter(result(changes), stalled);
    if (pause === undefined) return all;
    all.push(pause);
  }
}

test.each([
  ['its end', { moved: 10 }],
  ['its limit', { moved: 10, stopReason: 'LIMIT' }],
] as const)('a queue is done at %s', (_, changes) => {
  expect(pauseAfter(result(changes), 0)).toBeUndefined();
});

test.each(['TIME_IS_UP', 'NOT_VISIBLE', 'IN_FLIGHT', 'TOO_MANY', 'ERROR'] as const)('after %s, the next invocation follows at once if messages were moved', (stopReason) => {
  expect(pauseAfter(result({ moved: 1, stopReason }), 0)).toBe(0);
});

test('messages that failed are tried again as long as others are moved, and then a few times', () => {
  expect(pauseAfter(result({ moved: 100, failed: 1 }), 0)).toBe(0);
  expect(pauses({ failed: 1 })).toEqual([1, 2, 4]);
});

test.each(['ERROR', 'TIME_IS_UP'] as const)('after %s, a queue of which nothing is moved is tried a few times', (stopReason) => {
  expect(pauses({ stopReason })).toEqual([1, 2, 4]);
});

test('messages in flight are waited for longer than an invocation that ended early can hide them', () => {
  const all = pauses({ stopReason: 'IN_FLIGHT' });
  expect(all).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  expect(all.reduce((sum, pause) => sum + pause)).toBeGreaterThan(300);
});

test.each(['NOT_VISIBLE', 'TOO_MANY'] as const)('%s is final when nothing is moved', (stopReason) => {
  expect(pauses({ stopReason })).toEqual([]);
});
