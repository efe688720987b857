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
export const WORKERS = 2;

const EXEC_ARGV = ['--require', 'ts-node/register/transpile-only'];

/** Runs a file of this folder in a worker thread for each of its inputs, until all end. It may end them early. */
export async function runWorkers<Output>(
  file: string, inputs: readonly unknown[], onMessage: (message: Output, terminate: () => void) => void,
): Promise<void> {
  const workers: Worker[] = [];
  const terminate = (): void => void Promise.all(workers.map((worker) => worker.terminate()));
  await Promise.all(inputs.map((workerData) => new Promise<void>((resolve, reject) => {
    const worker = new Worker(join(__dirname, file), { workerData, execArgv: EXEC_ARGV, env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' } });
    workers.push(worker);
    worker.on('message', (message: Output) => { onMessage(message, terminate); }).on('error', reject).on('exit', () => { resolve(); });
  })));
}

/** Runs seeds in worker threads. */
export async function runSeeds(
  pipeline: Pipeline, from: number, count: number, isMutant = false, onProgress: (summary: Summary) => void = () => undefined,
): Promise<Summary> {
  let [seeds, faultsMet] = [0, 0];
  const failures: Failure[] = [];
  const shares = Array.from({ length: Math.min(WORKERS, count) }, (_, index): Work => ({
    ...pipeline, from: from + index, count: Math.ceil((count - index) / WORKERS), step: WORKERS, isMutant,
  }));
  await runWorkers<Message>('worker.ts', shares, (message, terminate) => {
    if ('failure' in message) failures.push(message.failure);
    else [seeds, faultsMet] = [seeds + message.done, faultsMet + message.faultsMet];
    // One failure is enough to find a mutant; the other worker may be past a smaller seed already.
    if (isMutant && 'failure' in message) terminate();
    onProgress({ seeds, faultsMet, failures });
  });
  return { seeds, faultsMet, failures: failures.sort((one, other) => one.seed - other.seed) };
}
