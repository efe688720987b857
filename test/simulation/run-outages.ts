import { load } from './account';
import { outageScenarios, type OutageScenario } from './outages';
import type { Pipeline } from './pool';
import { simulate } from './simulate';

/* eslint-disable no-console -- a command-line tool */

/** Runs every outage of every dependency, and prints how long the pipeline takes to recover. */
export async function runOutages(seed: number, pipeline: Pipeline): Promise<boolean> {
  const loaded = load(pipeline.code, pipeline.deployments);
  let failed = 0;
  for (const outage of outageScenarios(seed)) {
    const { deadLetters, recovery, violations } = await outageResult(outage, loaded);
    if (violations.length > 0) failed++;
    console.log(`${outage.name.padEnd(26)} ${String(deadLetters).padStart(4)} dead-lettered, recovery ${secondsOf(recovery)}, ${violations.length} violations`);
    for (const violation of violations.slice(0, 3)) console.log(`  ${violation}`);
  }
  return failed === 0;
}

/** The violations of one outage, the messages in dead-letter queues after it, and the time until all commands were processed. */
export async function outageResult({ scenario, outage, keepsAll, maxRecovery }: OutageScenario, loaded: ReturnType<typeof load>) {
  const { violations, beforeRedrive: { deadLetters, lastWriteAt } } = await simulate(scenario, loaded);
  const recovery = Math.max(0, lastWriteAt - outage.until);
  return {
    deadLetters,
    recovery,
    violations: [
      ...violations,
      ...keepsAll && deadLetters > 0 ? [`retries: ${deadLetters} messages are in dead-letter queues after an outage that retries outlast`] : [],
      ...keepsAll && recovery > maxRecovery ? [`retries: the recovery took ${secondsOf(recovery)}, more than ${secondsOf(maxRecovery)}`] : [],
    ],
  };
}

const secondsOf = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;
