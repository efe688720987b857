import { secondsOf, type OutageResult } from './outage-result';
import type { OutageWork } from './outage-worker';
import { outageScenarios } from './outages';
import { runWorkers, WORKERS, type Pipeline } from './pool';

/* eslint-disable no-console -- a command-line tool */

/** Runs every outage of every dependency in worker threads, and prints how long the pipeline takes to recover. */
export async function runOutages(seed: number, pipeline: Pipeline): Promise<boolean> {
  const results = new Map<string, OutageResult>();
  const works = Array.from({ length: WORKERS }, (_, from): OutageWork => ({ ...pipeline, seed, from, step: WORKERS }));
  await runWorkers('outage-worker.ts', works, (result: OutageResult) => { results.set(result.name, result); });
  return outageScenarios(seed).map(({ name }) => report(name, results.get(name))).every((isKept) => isKept);
}

/** Prints the result of an outage. @returns whether every promise was kept. */
function report(name: string, result: OutageResult | undefined): boolean {
  if (result === undefined) throw new Error(`the outage of ${name} has no result`);
  const { deadLetters, recovery, violations } = result;
  console.log(`${name.padEnd(26)} ${String(deadLetters).padStart(4)} dead-lettered, recovery ${secondsOf(recovery)}, ${violations.length} violations`);
  for (const violation of violations.slice(0, 3)) console.log(`  ${violation}`);
  return violations.length === 0;
}
