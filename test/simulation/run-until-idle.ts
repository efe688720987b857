import type { Clock } from './clock';

/** Resolves when all code that awaited a promise has run. */
export const promisesToRun = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/**
 * Runs until no action is scheduled.
 *
 * @param afterStep is called after each action with the number of actions so far.
 */
export async function runUntilIdle(clock: Clock, afterStep: (steps: number) => void = () => undefined): Promise<void> {
  // A function that was invoked before this may await a promise before its first request.
  await promisesToRun();
  for (let steps = 1; clock.next < Infinity; steps++) {
    clock.step();
    afterStep(steps);
    if (!clock.hasWoken) continue;
    clock.hasWoken = false;
    await promisesToRun();
  }
}
