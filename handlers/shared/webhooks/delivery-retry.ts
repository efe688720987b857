const FIRST_DELAY_MS = 5000;
const MAX_DELAY_MS = 6 * 3_600_000;

/**
 * The delay before the next attempt of a delivery, in milliseconds: 5 seconds, 20 seconds, 80 seconds, 5 minutes, 21 minutes, 85 minutes, and then 6
 * hours, each with equal jitter.
 */
export function deliveryRetryDelay(attemptCount: number, random = Math.random()): number {
  const longest = Math.min(FIRST_DELAY_MS * 4 ** (attemptCount - 1), MAX_DELAY_MS);
  return Math.ceil((longest * (1 + random)) / 2);
}
