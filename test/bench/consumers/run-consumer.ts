/** Measures the CPU time of one consumer, ours or the bare loop, in a process of its own: microseconds per order, written to a file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loops } from './bare';
import { batchFor, eventFor, loadBundle } from './collect-inputs';
import { CONTEXT, type Stage } from './stages';

const WARM_UP_MS = 600;
const MEASURE_MS = 700;

async function main([variant, name, batchSize, inputs, result]: string[]): Promise<void> {
  const stage = name as Stage;
  const records = (JSON.parse(readFileSync(inputs, 'utf8')) as Record<Stage, object[]>)[stage].slice(0, Number(batchSize));
  const handler = (variant === 'ours' ? loadBundle(stage) : loops[stage]) as (event: object, context: object) => Promise<unknown>;
  const batch = batchFor(records);
  const event = eventFor(stage, batch);
  const runFor = async (milliseconds: number): Promise<number> => {
    let orders = 0;
    for (const end = performance.now() + milliseconds; performance.now() < end; orders += batch.length) await handler(event, CONTEXT);
    return orders;
  };
  await runFor(WARM_UP_MS);
  const before = process.cpuUsage();
  const orders = await runFor(MEASURE_MS);
  const { user, system } = process.cpuUsage(before);
  writeFileSync(result, String((user + system) / orders));
}

void main(process.argv.slice(2));
