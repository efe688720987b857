import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import type { Area } from './area';
import { environmentFor } from './consumers/environment';
import type { Stage } from './consumers/stages';
import { startStubAws } from './consumers/stub-aws';
import { median } from './statistics';
import { fixed } from './table';
import { atLeast } from './target';
import { HANDLER_OPTIONS } from '../../scripts/handler-options';

const ROUNDS = 3;
const FOLDER = '.local/bench/consumers';
const INPUTS = `${FOLDER}/inputs.json`;
const MIN_RATIO = 0.8;

interface Subject {
  readonly stage: Stage;
  readonly batchSize: number;
  readonly bare: number[];
  readonly ours: number[];
}

const subject = (stage: Stage, batchSize: number): Subject => ({ stage, batchSize, bare: [], ours: [] });

const SUBJECTS: readonly Subject[] = [
  subject('receive-order', 1), subject('validate-order', 10), subject('process-order', 10), subject('publish-order-changes', 10), subject('publish-order-changes', 100),
];

/** Runs a script with the environment of the handlers; its logs are discarded. */
async function run(url: string, script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [`${FOLDER}/${script}.js`, ...args], { env: environmentFor(url), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number];
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}`);
}

/** Compares the CPU time of the consumers, per order, with loops that send the same requests and do nothing else. */
export const consumers: Area = {
  name: 'consumers',
  title: 'Consumers',
  measure: async () => {
    mkdirSync(FOLDER, { recursive: true });
    const entryPoints = ['run-consumer', 'write-inputs'].map((name) => `test/bench/consumers/${name}.ts`);
    buildSync({ ...HANDLER_OPTIONS, minify: false, entryPoints, outdir: FOLDER });
    const { url, server } = await startStubAws();
    await run(url, 'write-inputs', INPUTS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { stage, batchSize, ...times } of SUBJECTS) {
        for (const variant of ['bare', 'ours'] as const) {
          const result = `${FOLDER}/${variant}.txt`;
          writeFileSync(result, '');
          await run(url, 'run-consumer', variant, stage, String(batchSize), INPUTS, result);
          times[variant].push(Number(readFileSync(result, 'utf8')));
        }
      }
    }
    server.close();
    const figures = SUBJECTS.map(({ stage, batchSize, bare, ours }) => ({ name: `${stage}, ${batchSize} at a time`, bare: median(bare), ours: median(ours) }));
    return {
      method: `CPU time per order in a process of its own, medians of ${ROUNDS} interleaved rounds after a warm-up, with a server on this machine that answers at once. `
        + 'The bare loop sends the same requests with the same SDK and does nothing else.',
      tables: [{
        title: 'CPU time of an order',
        header: ['consumer', 'bare loop µs', 'ours µs', 'bare / ours'],
        rows: figures.map(({ name, bare, ours }) => [name, fixed(bare), fixed(ours), fixed(bare / ours, 2)]),
      }],
      targets: figures.map(({ name, bare, ours }) => atLeast(`${name}: CPU time of the bare loop, times ours`, bare / ours, MIN_RATIO)),
    };
  },
};

