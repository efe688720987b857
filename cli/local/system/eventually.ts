import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 100;

/**
 * Repeats an attempt until it returns a result.
 *
 * @param description names the result in the error when the timeout expires.
 * @param attempt     returns undefined, or throws, while there is no result.
 * @param seconds     the timeout.
 */
export async function eventually<T>(description: string, attempt: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let lastError: unknown; ;) {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) throw new Error(`${description}: not within ${seconds} s`, { cause: lastError });
    await sleep(INTERVAL_MS);
  }
}
