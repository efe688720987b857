import { parentPort, workerData } from 'node:worker_threads';
import { load } from './account';
import type { Code } from './bundle';
import type { Deployment } from './deployment';
import { describeFault } from './faults';
import { scenarioOf } from './scenario';
import { shrinkScenario } from './shrink-scenario';
import { simulate } from './simulate';

/** The input of a worker. */
export interface Work {
  readonly code: Code;
  /** By the options of the pipeline. */
  readonly deployments: Readonly<Record<string, Deployment>>;
  /** The first seed, the number of seeds, and the step between them. */
  readonly from: number;
  readonly count: number;
  readonly step: number;
  /** Whether to stop at the first violation without shrinking it. */
  readonly isMutant?: boolean;
}

/** A seed that broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly string[];
  /** The shortest lists of faults and of requests that break it. */
  readonly faults: readonly string[];
  readonly requests: readonly string[];
}

/** A message of a worker. */
export type Message = { readonly done: number; readonly faultsMet: number } | { readonly failure: Failure };

/** The number of seeds between two messages about progress. */
const SEEDS_PER_MESSAGE = 20;

async function work({ code, deployments, from, count, step, isMutant }: Work, post: (message: Message) => void): Promise<void> {
  const loaded = load(code, deployments);
  let [done, faultsMet] = [0, 0];
  for (let index = 0; index < count; index++) {
    const scenario = scenarioOf(from + index * step);
    const { violations, hash, faultsMet: met } = await simulate(scenario, loaded);
    faultsMet += met;
    if (violations.length > 0) {
      const { faults, requests } = isMutant ? scenario : await shrinkScenario(scenario, violations[0], loaded);
      const described = { faults: faults.map(describeFault), requests: requests.map((request) => JSON.stringify(request)) };
      post({ failure: { seed: scenario.seed, hash, violations, ...described } });
    }
    if (++done === SEEDS_PER_MESSAGE || index === count - 1) {
      post({ done, faultsMet });
      [done, faultsMet] = [0, 0];
    }
    if (violations.length > 0 && isMutant) return;
  }
}

if (parentPort) void work(workerData as Work, (message) => { parentPort!.postMessage(message); });
