import { deploymentOf } from './deploy';
import { measuredUsage, type OrderCounts } from './measured-usage';
import { loadObserved, Observed } from './observe';
import type { TemplatePipeline } from './pipeline-template';
import { SteadyStreams } from './steady-streams';
import { storedOf, type Stored } from './stored';
import type { Usage } from './usage';
import { send, type Workload } from './workload';
import { Account } from '../../simulation/account';
import { bundle, type Code } from '../../simulation/bundle';
import { Clock } from '../../simulation/clock';
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

/** Sends orders to a pipeline that is deployed in the simulation without faults, and counts what they use. */
export async function measure(pipeline: TemplatePipeline, workload: Workload): Promise<Measurement> {
  const { deployment, notMeasured } = deploymentOf(pipeline);
  if (workload.channel === 'file' && deployment.notifications.length === 0) throw new Error('The pipeline of the template does not ingest files: use --file-share 0.');
  if (workload.channel === 'api' && !('receive-order' in deployment.functions)) throw new Error('The template has no function `receive-order`: use --file-share 1.');
  const clock = new Clock();
  const world = { clock, randomStreams: new SteadyStreams(1), faults: new Faults([], () => clock.now), trace: new Trace(), violations: [] };
  Object.assign(current, world);
  const observed = new Observed();
  const loaded = loadObserved(await bundled(), deployment, observed);
  const account = new Account(world, loaded, loaded.deployments.observed);
  const responseBytes = await send(account, clock, workload);
  assertProcessed(account, workload);
  const { usage, counts, metrics } = measuredUsage({ pipeline, account, observed, workload, responseBytes });
  return {
    workload,
    usage,
    counts,
    metrics,
    stored: storedOf({ pipeline, account, workload, usage }),
    notMeasured: [
      ...notMeasured,
      ...[...observed.notSimulated].map((name) => `what ${name} does with an event`),
      ...[...observed.appFunctions].map((name) => `the function ${name} of the app`),
    ],
  };
}

function assertProcessed({ tables, deadLetterQueues }: Account, { orders }: Workload): void {
  const confirmed = [...tables.OrdersTable.items.values()].filter(({ status }) => status === 'CONFIRMED').length;
  const failed = deadLetterQueues.filter(({ messages }) => messages.length > 0).map(({ name }) => name);
  if (confirmed === orders && failed.length === 0) return;
  throw new Error(`Of ${orders} measured orders, ${confirmed} were confirmed.${failed.length > 0 ? ` Messages are in ${failed.join(', ')}.` : ''}`);
}
