import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Code } from './bundle';
import type { Deployment } from './deployment';
import type { Failure, Message, Work } from './worker';

/** What many runs came to. */
export interface Summary {
  readonly seeds: number;
  readonly faultsMet: number;
  readonly failures: readonly Failure[];
}

/** The code of the handlers and what they are deployed with, by the options of the pipeline. */
export interface Pipeline {
  readonly code: Code;
  readonly deployments: Readonly<Record<string, Deployment>>;
}

/** How many runs go on at once. */
const WORKERS = 2;

const EXEC_ARGV = ['--require', 'ts-node/register/transpile-only'];

/** Runs seeds, on two cores. */
export async function runSeeds(
  { code, deployments }: Pipeline, from: number, count: number, isMutant = false, progress: (summary: Summary) => void = () => undefined,
): Promise<Summary> {
  let [seeds, faultsMet] = [0, 0];
  const failures: Failure[] = [];
  const workers: Worker[] = [];
  const hear = (message: Message): void => {
    if ('failure' in message) failures.push(message.failure);
    else [seeds, faultsMet] = [seeds + message.done, faultsMet + message.faultsMet];
    // Of a mutant one failure is enough; the other worker may be past a smaller seed already.
    if (isMutant && 'failure' in message) void Promise.all(workers.map((worker) => worker.terminate()));
    progress({ seeds, faultsMet, failures });
  };
  const shares = Array.from({ length: Math.min(WORKERS, count) }, (_, index): Work => ({
    code, deployments, from: from + index, count: Math.ceil((count - index) / WORKERS), step: WORKERS, isMutant,
  }));
  await Promise.all(shares.map((workerData) => new Promise<void>((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'worker.ts'), { workerData, execArgv: EXEC_ARGV, env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' } });
    workers.push(worker);
    worker.on('message', hear).on('error', reject).on('exit', () => { resolve(); });
  })));
  return { seeds, faultsMet, failures: failures.sort((one, other) => one.seed - other.seed) };
}
