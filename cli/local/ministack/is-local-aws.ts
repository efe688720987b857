/** Whether a local AWS is running at an endpoint. */
export const isLocalAws = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(5000) }).then(({ ok }) => ok, () => false);
