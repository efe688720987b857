import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so.
 *
 * @param what    names it in the error when the deadline passes.
 * @param attempt returns undefined for "not yet"; a throw counts as "not yet", too.
 */
export async function eventually<T>(what: string, attempt: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let trouble: unknown; ;) {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`, { cause: trouble });
    await sleep(100);
  }
}
