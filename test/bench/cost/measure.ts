import { deploymentOf } from './deploy';
import { measuredUsage, type OrderCounts } from './measured-usage';
import { loadObserved } from './observe-handlers';
import { Observed } from './observed';
import type { TemplatePipeline } from './pipeline-template';
import { SteadyStreams } from './steady-streams';
import { storedOf, type Stored } from './stored';
import type { Usage } from './usage';
import { send, type Workload } from './workload';
import { Account } from '../../simulation/account';
import { bundle, type Code } from '../../simulation/bundle';
import { Clock } from '../../simulation/clock';
import type { Deployment } from '../../simulation/deployment';
import { Faults } from '../../simulation/faults';
import { current } from '../../simulation/runtime';
import { Trace } from '../../simulation/trace';

/** What an order uses, on average. */
export interface Measurement {
  readonly workload: Workload;
  readonly usage: Usage;
  readonly counts: OrderCounts;
  /** What of an order is stored, and for how long. */
  readonly stored: readonly Stored[];
  /** The custom metrics that the functions published. */
  readonly metrics: ReadonlySet<string>;
  /** What orders cause that is not in the usage. */
  readonly notMeasured: readonly string[];
}

let code: Promise<Code> | undefined;
const bundled = (): Promise<Code> => code ??= bundle([], []);

/**
 * Sends orders to a pipeline that is deployed in the simulation without faults, and counts what they use. Functions that the simulation cannot run, such
 * as those that send requests to other services, are left out, and named in the result.
 */
export async function measure(pipeline: TemplatePipeline, workload: Workload, leftOut: readonly string[] = []): Promise<Measurement> {
  const { deployment, notMeasured } = deploymentOf(pipeline, leftOut);
  assertHas(deployment, workload);
  const { account, observed, responseBytes } = await run(deployment, workload);
  const failed = failedFunctions(account, observed);
  if (failed.length > 0) return measure(pipeline, workload, [...leftOut, ...failed]);
  assertProcessed(account, workload, leftOut);
  const { usage, counts, metrics } = measuredUsage({ pipeline, account, observed, workload, responseBytes });
  return {
    workload,
    usage,
    counts,
    metrics,
    stored: storedOf({ pipeline, account, workload, usage }),
    notMeasured: [
      ...notMeasured,
      ...leftOut.map((name) => `the function ${name}, which the simulation does not run`),
      ...[...observed.appFunctions].map((name) => `the function ${name} of the app`),
    ],
  };
}

async function run(deployment: Deployment, workload: Workload) {
  const clock = new Clock();
  const world = { clock, randomStreams: new SteadyStreams(1), faults: new Faults([], () => clock.now), trace: new Trace(), violations: [] };
  Object.assign(current, world);
  const observed = new Observed();
  const loaded = loadObserved(await bundled(), deployment, observed);
  const account = new Account(world, loaded, loaded.deployments.observed);
  return { account, observed, responseBytes: await send(account, clock, workload) };
}

function assertHas({ notifications, functions }: Deployment, { channel }: Workload): void {
  if (channel === 'file' && notifications.length === 0) throw new Error('The pipeline of the template does not ingest files: use --file-share 0.');
  if (channel === 'api' && !('receive-order' in functions)) throw new Error('The template has no function `receive-order`: use --file-share 1.');
}

/** Functions that could not be loaded, or whose messages are in a dead-letter queue. */
function failedFunctions({ deadLetterQueues, deployment }: Account, { notSimulated }: Observed): string[] {
  const queues = deadLetterQueues.filter(({ messages }) => messages.length > 0).map(({ name }) => name);
  const consumers = Object.values(deployment.mappings).map(({ functionName }) => functionName)
    .filter((name) => queues.some((queue) => deployment.functions[name].environment.DEAD_LETTER_QUEUE_URL?.endsWith(`/${queue}`)));
  return [...new Set([...notSimulated, ...consumers])];
}

function assertProcessed({ tables }: Account, { orders }: Workload, leftOut: readonly string[]): void {
  const confirmed = [...tables.OrdersTable.items.values()].filter(({ status }) => status === 'CONFIRMED').length;
  if (confirmed === orders) return;
  throw new Error(`Of ${orders} measured orders, ${confirmed} were confirmed.${leftOut.length > 0 ? ` The simulation does not run ${leftOut.join(', ')}.` : ''}`);
}
