import { readFileSync, writeFileSync } from 'node:fs';
import type { Area } from './area';
import { bundleScripts, runScript } from './consumers/run-script';
import type { Stage } from './consumers/stages';
import { startStubAws } from './consumers/stub-aws';
import { mean, median } from './statistics';
import { fixed } from './table';
import { atLeast } from './target';

const ROUNDS = 5;
const FOLDER = '.local/bench/consumers';
const INPUTS = `${FOLDER}/inputs.json`;
const MIN_RATIO = 0.8;

interface Subject {
  readonly stage: Stage;
  readonly batchSize: number;
  readonly bare: Variant;
  readonly ours: Variant;
}

/** The CPU times of the rounds, and the mean bytes of its requests. */
interface Variant {
  readonly times: number[];
  bytes: number;
}

const subject = (stage: Stage, batchSize: number): Subject => ({ stage, batchSize, bare: { times: [], bytes: 0 }, ours: { times: [], bytes: 0 } });

const SUBJECTS: readonly Subject[] = [
  subject('receive-order', 1), subject('validate-order', 10), subject('process-order', 10), subject('publish-order-changes', 10), subject('publish-order-changes', 100),
];

/** Compares the CPU time of the consumers, per order, with loops that send the same requests and do nothing else. */
export const consumers: Area = {
  name: 'consumers',
  title: 'Consumers',
  measure: async () => {
    bundleScripts(FOLDER, ['run-consumer', 'write-inputs'].map((name) => `test/bench/consumers/${name}`));
    let sent: number[] = [];
    const { url, server } = await startStubAws(0, ({ body }) => { sent.push(body.length); });
    await runScript(url, `${FOLDER}/write-inputs`, INPUTS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { stage, batchSize, ...variants } of SUBJECTS) {
        for (const variant of ['bare', 'ours'] as const) {
          const result = `${FOLDER}/${variant}.txt`;
          writeFileSync(result, '');
          sent = [];
          await runScript(url, `${FOLDER}/run-consumer`, variant, stage, String(batchSize), INPUTS, result);
          variants[variant].times.push(Number(readFileSync(result, 'utf8')));
          variants[variant].bytes = mean(sent);
        }
      }
    }
    server.close();
    const figures = SUBJECTS.map(({ stage, batchSize, bare, ours }) => ({
      name: `${stage}, ${batchSize} at a time`, bare: median(bare.times), ours: median(ours.times), bareBytes: bare.bytes, ourBytes: ours.bytes,
    }));
    return {
      method: `CPU time per order in a process of its own, medians of ${ROUNDS} interleaved rounds after a warm-up, with a server on this machine that answers at once. `
        + 'The bare loop sends the same requests with the same SDK and does nothing else.',
      tables: [{
        title: 'CPU time of an order',
        header: ['consumer', 'bare loop: bytes of a request', 'µs', 'ours: bytes of a request', 'µs', 'bare / ours'],
        rows: figures.map(({ name, bare, ours, bareBytes, ourBytes }) => [name, fixed(bareBytes), fixed(bare), fixed(ourBytes), fixed(ours), fixed(bare / ours, 2)]),
      }],
      targets: figures.map(({ name, bare, ours }) => atLeast(`${name}: CPU time of the bare loop, times ours`, bare / ours, MIN_RATIO)),
    };
  },
};

