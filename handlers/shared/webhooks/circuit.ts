import type { WebhookHealth } from './webhook';

/** After so many consecutive failures, the circuit opens: the receiver is down, and further attempts would only occupy the function. */
export const FAILURES_TO_OPEN = 5;

const FIRST_PAUSE_MS = 5000;
export const MAX_PAUSE_MS = 900_000;

/** Whether the circuit is open: no attempts for now. */
export const isOpen = ({ openUntil }: WebhookHealth, now: number): boolean => openUntil !== undefined && openUntil > now;

/** Whether the receiver was down at the last attempt: a single attempt shows whether it has recovered. */
export const isProbing = ({ failures }: WebhookHealth): boolean => failures >= FAILURES_TO_OPEN;

/** The health after a successful attempt. The undefined fields are removed where it is stored. */
export const afterSuccess = ({ wakeUpAt }: WebhookHealth): WebhookHealth =>
  ({ failures: 0, opened: 0, failingSince: undefined, openUntil: undefined, wakeUpAt });

/**
 * The health after a failed attempt. The circuit opens for 5 seconds at first, and twice as long after each further attempt, up to 15 minutes, each
 * with jitter. Attempts that were under way when it opened do not count as further ones.
 *
 * @param retryAfter how long the receiver wants no requests, in milliseconds.
 */
export function afterFailure(health: WebhookHealth, now: number, retryAfter = 0, random = Math.random()): WebhookHealth {
  const failures = health.failures + 1;
  const failed = { ...health, failures, failingSince: health.failingSince ?? now };
  if ((failures < FAILURES_TO_OPEN && retryAfter === 0) || isOpen(health, now)) return failed;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** health.opened, MAX_PAUSE_MS);
  const openFor = Math.max(Math.ceil((pause * (1 + random)) / 2), Math.min(retryAfter, MAX_PAUSE_MS));
  return { ...failed, opened: health.opened + 1, openUntil: now + openFor };
}
