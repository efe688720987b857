import { parentPort, workerData } from 'node:worker_threads';
import { load } from './account';
import type { Code } from './bundle';
import type { Deployment } from './deployment';
import { describeFault } from './faults';
import { scenarioOf } from './scenario';
import { shrinkScenario } from './shrink-scenario';
import { simulate } from './simulate';

/** What a worker is given to do. */
export interface Work {
  readonly code: Code;
  /** By the options of the pipeline. */
  readonly deployments: Readonly<Record<string, Deployment>>;
  /** The first seed, how many, and how far apart. */
  readonly from: number;
  readonly count: number;
  readonly step: number;
  /** Whether the first violation is enough, and need not be shrunk. */
  readonly isMutant?: boolean;
}

/** A seed that broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly string[];
  /** The shortest list of faults, and of asks, that breaks it. */
  readonly faults: readonly string[];
  readonly asks: readonly string[];
}

/** What a worker tells. */
export type Message = { readonly done: number; readonly faultsMet: number } | { readonly failure: Failure };

/** A report after so many seeds. */
const REPORT = 20;

async function work({ code, deployments, from, count, step, isMutant }: Work, tell: (message: Message) => void): Promise<void> {
  const loaded = load(code, deployments);
  let [done, faultsMet] = [0, 0];
  for (let index = 0; index < count; index++) {
    const scenario = scenarioOf(from + index * step);
    const { violations, hash, faultsMet: met } = await simulate(scenario, loaded);
    faultsMet += met;
    if (violations.length > 0) {
      const { faults, asks } = isMutant ? scenario : await shrinkScenario(scenario, violations[0], loaded);
      tell({ failure: { seed: scenario.seed, hash, violations, faults: faults.map(describeFault), asks: asks.map((ask) => JSON.stringify(ask)) } });
    }
    if (++done === REPORT || index === count - 1) {
      tell({ done, faultsMet });
      [done, faultsMet] = [0, 0];
    }
    if (violations.length > 0 && isMutant) return;
  }
}

if (parentPort) void work(workerData as Work, (message) => { parentPort!.postMessage(message); });
