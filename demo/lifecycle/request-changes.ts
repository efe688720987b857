import { resolveLifecycleRequest } from './outcomes';
import { sendLifecycleRequests, type LifecycleResult } from './requests';
import { LIFECYCLE_ROUNDS } from './scenario';
import { awaitOutcomes } from '../await-outcomes';
import type { DeployedExample } from '../deployed-example';
import type { StepTimer } from '../step-timer';

/** Second part of the demo: changes, cancels and fulfills orders, some of them before they exist. */
export async function requestChanges(example: DeployedExample, timer: StepTimer): Promise<LifecycleResult[]> {
  let results: LifecycleResult[] = [];
  for (const [index, round] of LIFECYCLE_ROUNDS.entries()) {
    const number = index + 1;
    const sent = await timer.step(`change${number}`, `changing, cancelling and fulfilling orders: ${round.length} requests`, () =>
      sendLifecycleRequests(example, round, results.length + 1));
    // Earlier requests are resolved again: a pending request may have been applied in the meantime.
    results = await timer.step(`awaitChange${number}`, 'waiting for their outcomes', () =>
      awaitOutcomes(example.state, [...results, ...sent], (each) => resolveLifecycleRequest(example, each)));
  }
  return results;
}
