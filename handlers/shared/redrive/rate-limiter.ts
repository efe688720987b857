/**
 * Makes a function that waits until so many further messages are allowed. Messages are spaced evenly, at most `perSecond` a second, across all
 * callers. The first are allowed after as long as they take, so that the rate also holds across invocations that follow each other.
 */
export function rateLimiter(perSecond: number): (count: number) => Promise<void> {
  const interval = 1000 / perSecond;
  let next: number | undefined;
  return async (count) => {
    const now = Date.now();
    const allowedAt = Math.max(next ?? now + count * interval, now);
    next = allowedAt + count * interval;
    if (allowedAt > now) await new Promise((resolve) => setTimeout(resolve, allowedAt - now));
  };
}
