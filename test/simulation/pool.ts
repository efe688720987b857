import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Code } from './bundle';
import type { Deployment } from './deployment';
import type { Failure, Message, Work } from './worker';

/** The results of many runs. */
export interface Summary {
  readonly seeds: number;
  readonly faultsMet: number;
  readonly failures: readonly Failure[];
}

/** The code of the handlers and their deployments, by the options of the pipeline. */
export interface Pipeline {
  readonly code: Code;
  readonly deployments: Readonly<Record<string, Deployment>>;
}

/** One for each of two cores. */
const WORKERS = 2;

const EXEC_ARGV = ['--require', 'ts-node/register/transpile-only'];

/** Runs seeds in worker threads. */
export async function runSeeds(
  pipeline: Pipeline, from: number, count: number, isMutant = false, onProgress: (summary: Summary) => void = () => undefined,
): Promise<Summary> {
  let [seeds, faultsMet] = [0, 0];
  const failures: Failure[] = [];
  const workers: Worker[] = [];
  const onMessage = (message: Message): void => {
    if ('failure' in message) failures.push(message.failure);
    else [seeds, faultsMet] = [seeds + message.done, faultsMet + message.faultsMet];
    // One failure is enough to find a mutant; the other worker may be past a smaller seed already.
    if (isMutant && 'failure' in message) void Promise.all(workers.map((worker) => worker.terminate()));
    onProgress({ seeds, faultsMet, failures });
  };
  const shares = Array.from({ length: Math.min(WORKERS, count) }, (_, index): Work => ({
    ...pipeline, from: from + index, count: Math.ceil((count - index) / WORKERS), step: WORKERS, isMutant,
  }));
  await Promise.all(shares.map((workerData) => new Promise<void>((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'worker.ts'), { workerData, execArgv: EXEC_ARGV, env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' } });
    workers.push(worker);
    worker.on('message', onMessage).on('error', reject).on('exit', () => { resolve(); });
  })));
  return { seeds, faultsMet, failures: failures.sort((one, other) => one.seed - other.seed) };
}
