import { afterFailure, afterSuccess, FAILURES_TO_OPEN, healthOf, isOpen, isProbing, MAX_PAUSE_MS, type WebhookHealth } from '../../../../handlers/shared';

const NOW = 1_000_000;
const failed = (times: number, health: WebhookHealth = healthOf({}), now = NOW, random = 0): WebhookHealth =>
  Array.from({ length: times }).reduce<WebhookHealth>((each) => afterFailure(each, now, 0, random), health);

test('the circuit opens after consecutive failures, not before', () => {
  const before = failed(FAILURES_TO_OPEN - 1);
  expect([isOpen(before, NOW), isProbing(before), before.failingSince]).toEqual([false, false, NOW]);
  const after = failed(FAILURES_TO_OPEN);
  expect([isOpen(after, NOW), isOpen(after, NOW + 2499), isOpen(after, NOW + 2500), isProbing(after)]).toEqual([true, true, false, true]);
});

test('attempts that were under way when it opened do not prolong it', () => {
  expect(failed(50)).toMatchObject({ failures: 50, opened: 1, openUntil: NOW + 2500 });
});

test('it opens for twice as long after each further attempt, with jitter, up to 15 minutes', () => {
  let health = failed(FAILURES_TO_OPEN);
  const pauses: number[] = [];
  for (let index = 0, now = NOW; index < 12; index++) {
    now = health.openUntil!;
    health = failed(1, health, now, index % 2 ? 1 : 0);
    pauses.push(health.openUntil! - now);
  }
  expect(pauses.slice(0, 3)).toEqual([5000, 20_000, 20_000]);
  expect(pauses.slice(-2).sort((one, other) => one - other)).toEqual([MAX_PAUSE_MS / 2, MAX_PAUSE_MS]);
});

test('a success closes it, and what is stored of the failures is removed', () => {
  const closed = { failures: 0, opened: 0, failingSince: undefined, openUntil: undefined, wakeUpAt: 7 };
  expect(afterSuccess({ ...failed(9), wakeUpAt: 7 })).toStrictEqual(closed);
});

test('a receiver that wants no requests for a while gets none, up to 15 minutes', () => {
  expect(afterFailure(healthOf({}), NOW, 60_000, 0)).toMatchObject({ failures: 1, openUntil: NOW + 60_000 });
  expect(afterFailure(healthOf({}), NOW, 86_400_000, 0)).toMatchObject({ openUntil: NOW + MAX_PAUSE_MS });
});
