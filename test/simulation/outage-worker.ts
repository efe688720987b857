import { parentPort, workerData } from 'node:worker_threads';
import { load } from './account';
import { outageResult, type OutageResult } from './outage-result';
import { outageScenarios } from './outages';
import type { Pipeline } from './pool';

/** The input of a worker: every `step`th outage, from the one with the index `from`. */
export interface OutageWork extends Pipeline {
  readonly seed: number;
  readonly from: number;
  readonly step: number;
}

async function work({ code, deployments, seed, from, step }: OutageWork, post: (result: OutageResult) => void): Promise<void> {
  const loaded = load(code, deployments);
  for (const outage of outageScenarios(seed).filter((_, index) => index % step === from)) post(await outageResult(outage, loaded));
}

if (parentPort) void work(workerData as OutageWork, (result) => { parentPort!.postMessage(result); });
