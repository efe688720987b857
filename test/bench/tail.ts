import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Area } from './area';
import { bundleScripts } from './consumers/run-script';
import { isHandedOn, recordsAfter, requestFor, STAGES, type Stage } from './consumers/stages';
import { startStubAws } from './consumers/stub-aws';
import { median, percentile } from './statistics';
import { fixed } from './table';
import { drawStages, PARTS, type StageTime } from './tail/draw-stages';
import { FOLDER, runStage, type Input, type StageInvocation } from './tail/run-stage';
import { settingsOf } from '../capacity/deployed-pipeline';

const ORDERS = 10_000;
/** How long each request to AWS takes, in milliseconds. */
const DELAY = 15;
const CHART = 'docs/tail.svg';

/** The environments of each function: as many as keep a machine with two cores from being what an invocation waits for. */
const ENVIRONMENTS: Readonly<Record<Stage, number>> = { 'receive-order': 8, 'validate-order': 4, 'process-order': 4, 'publish-order-changes': 2 };

/** What was measured of a stage. */
interface StageRun {
  readonly stage: Stage;
  readonly batchSize: number;
  readonly invocations: readonly StageInvocation[];
  readonly inputs: readonly Input[];
}

/** Sends all orders through one stage after another, each with what the one before it sent. */
async function runStages(batchSizes: Readonly<Record<Stage, number>>): Promise<StageRun[]> {
  let onRequest: (operation: string, body: string) => void = () => undefined;
  let inputs: readonly Input[] = Array.from({ length: ORDERS }, (_, index) => [`order-${index}`, requestFor(`order-${index}`)]);
  const stub = await startStubAws(DELAY, ({ operation, body }) => { onRequest(operation, body); });
  const runs: StageRun[] = [];
  for (const stage of STAGES) {
    const handedOn = new Map<string, object>();
    onRequest = (operation, body) => {
      if (!isHandedOn(stage, operation)) return;
      for (const [orderId, record] of recordsAfter(stage, body)) handedOn.set(orderId, record);
    };
    const invocations = await runStage(stub.url, 'ours', stage, inputs, { batchSize: batchSizes[stage], environments: ENVIRONMENTS[stage] });
    if (handedOn.size !== ORDERS) throw new Error(`${stage} handed on ${handedOn.size} of ${ORDERS} orders`);
    runs.push({ stage, batchSize: batchSizes[stage], invocations, inputs });
    inputs = [...handedOn];
  }
  stub.server.close();
  return runs;
}

/** Where the time of a stage goes: it waits for AWS while its event loop is idle; of its CPU time, the SDK takes what it takes in the bare loop. */
async function partsOf({ stage, batchSize, invocations, inputs }: StageRun): Promise<StageTime> {
  const stub = await startStubAws();
  // As many invocations as an environment of ours had: code that runs for longer is compiled better.
  const bare = await runStage(stub.url, 'bare', stage, inputs.slice(0, ORDERS / ENVIRONMENTS[stage]), { batchSize, environments: 1 });
  stub.server.close();
  const [ours, loop] = [invocations, bare].map((each) => median(each.map(({ cpu }) => cpu)));
  const sdk = Math.min(ours, loop);
  return { stage, parts: { 'AWS calls': median(invocations.map(({ idle }) => idle)), 'SDK and runtime': sdk, 'our own code': ours - sdk } };
}

/** The batch sizes that the template deploys. */
function deployedBatchSizes(): Record<Stage, number> {
  const mappings = Object.values(settingsOf().deployment.mappings);
  const sizeOf = (stage: Stage): number => mappings.find(({ functionName }) => functionName === stage)?.batchSize ?? 1;
  return Object.fromEntries(STAGES.map((stage) => [stage, sizeOf(stage)])) as Record<Stage, number>;
}

const PERCENTILES = [0.5, 0.99, 0.999];
const row = (name: string, batchSize: string, times: readonly number[]): string[] =>
  [name, batchSize, ...PERCENTILES.map((share) => fixed(percentile(times, share), 1))];

/** Durations of the invocations that each order was in, by order. */
const byOrder = ({ invocations }: StageRun): Map<string, number> =>
  new Map(invocations.flatMap(({ orderIds, duration }) => orderIds.map((orderId) => [orderId, duration] as const)));

/** `npm run bench -- tail [--charts]` measures the time from accepted to confirmed in the functions. `--charts` draws the chart of docs/performance.md. */
export const tail: Area = {
  name: 'tail',
  title: 'Tail',
  measure: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { charts: { type: 'boolean' } } });
    bundleScripts(FOLDER, ['test/bench/tail/run-invocations']);
    const runs = await runStages(deployedBatchSizes());
    const stages: StageTime[] = [];
    for (const run of runs) stages.push(await partsOf(run));
    const [, ...consumers] = runs.map(byOrder);
    const confirmed = [...consumers[0].keys()].map((orderId) => consumers.reduce((sum, times) => sum + times.get(orderId)!, 0));
    const subtitle = `Medians of an invocation with a whole batch. Each request to AWS takes ${DELAY} ms.`;
    if (values.charts) writeFileSync(CHART, drawStages('Where the functions spend their time', subtitle, stages));
    return {
      method: `${ORDERS.toLocaleString('en-US')} orders through the bundled functions; a server on this machine answers each request after ${DELAY} ms. `
        + 'Batches are as deployed, and full; an environment is a warm process with one invocation at a time, '
        + `${STAGES.map((stage) => `${ENVIRONMENTS[stage]} of ${stage}`).join(', ')}. `
        + 'The time of an order in a function is that of the invocation that it is in; '
        + 'what queues, the bus and the stream take is not included. AWS calls: the event loop is idle. '
        + 'SDK and runtime: the CPU time of the bare loop, which sends the same requests. Our own code: the CPU time beyond it.',
      tables: [
        {
          title: 'Milliseconds of an order, by function',
          header: ['function', 'orders in a batch', 'p50', 'p99', 'p99.9'],
          rows: [
            ...runs.map((run) => row(run.stage, String(run.batchSize), [...byOrder(run).values()])),
            row('accepted to confirmed: the three consumers', '–', confirmed),
          ],
        },
        {
          title: 'Milliseconds of an invocation, medians',
          header: ['function', ...PARTS],
          rows: stages.map(({ stage, parts }) => [stage, ...PARTS.map((part) => fixed(parts[part], 1))]),
        },
      ],
      targets: [],
    };
  },
};
