/**
 * Invokes one stage with its batches, one after another, as an environment of Lambda does. Writes for each batch how long it took, how long the
 * event loop was idle, and its CPU time, in milliseconds.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { loops } from '../consumers/bare';
import { batchFor, eventFor, loadBundle } from '../consumers/collect-inputs';
import { CONTEXT, type Stage } from '../consumers/stages';

/** Invocations before the measurement: their code is compiled, and their connections are open. */
const WARM_UP = 30;

export interface Invocation {
  readonly duration: number;
  readonly idle: number;
  readonly cpu: number;
}

async function main([variant, stage, batchesFile, result]: [string, Stage, string, string]): Promise<void> {
  const batches = JSON.parse(readFileSync(batchesFile, 'utf8')) as object[][];
  const handler = (variant === 'ours' ? loadBundle(stage) : loops[stage]) as (event: object, context: object) => Promise<unknown>;
  const invoke = async (batch: readonly object[]): Promise<Invocation> => {
    const event = eventFor(stage, batchFor(batch));
    const [before, cpuBefore, started] = [performance.eventLoopUtilization(), process.cpuUsage(), performance.now()];
    await handler(event, CONTEXT);
    const duration = performance.now() - started;
    const { user, system } = process.cpuUsage(cpuBefore);
    return { duration, idle: performance.eventLoopUtilization(before).idle, cpu: (user + system) / 1000 };
  };
  for (let index = 0; index < WARM_UP; index++) await invoke(batches[index % batches.length]);
  const invocations: Invocation[] = [];
  for (const batch of batches) invocations.push(await invoke(batch));
  writeFileSync(result, JSON.stringify(invocations));
}

void main(process.argv.slice(2) as [string, Stage, string, string]);
