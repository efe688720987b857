import type { load } from './account';
import type { OutageScenario } from './outages';
import { simulate } from './simulate';

/** What an outage did: the violations, the messages in dead-letter queues after it, and the time until all commands were processed. */
export interface OutageResult {
  readonly name: string;
  readonly deadLetters: number;
  readonly recovery: number;
  readonly violations: readonly string[];
}

/** Simulates one outage. */
export async function outageResult(simulated: OutageScenario, loaded: ReturnType<typeof load>): Promise<OutageResult> {
  const { name, scenario, outage, keepsAll, maxRecovery } = simulated;
  const { violations, beforeRedrive: { deadLetters, lastWriteAt } } = await simulate(scenario, loaded);
  const recovery = Math.max(0, lastWriteAt - outage.until);
  return {
    name,
    deadLetters,
    recovery,
    violations: [
      ...violations,
      ...keepsAll && deadLetters > 0 ? [`retries: ${deadLetters} messages are in dead-letter queues after an outage that retries outlast`] : [],
      ...keepsAll && recovery > maxRecovery ? [`retries: the recovery took ${secondsOf(recovery)}, more than ${secondsOf(maxRecovery)}`] : [],
    ],
  };
}

/** Milliseconds as a text in seconds. */
export const secondsOf = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;
