/** Makes a function that waits until another call is allowed. Calls are spaced evenly, at most `perSecond` a second, across all callers. */
export function rateLimiter(perSecond: number): () => Promise<void> {
  const interval = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = Date.now();
    const allowedAt = Math.max(next, now);
    next = allowedAt + interval;
    if (allowedAt > now) await new Promise((resolve) => setTimeout(resolve, allowedAt - now));
  };
}
