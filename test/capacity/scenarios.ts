import type { OrderProfile } from './handler-profile';
import { PipelineModel, type ModelOptions } from './pipeline-model';
import type { CapacitySettings } from './read-capacity';
import { summarize, type Summary } from './summarize';
import { ApiClients, extractOrders } from './workloads';

/** Where a scenario runs. */
export interface Deployed {
  readonly settings: CapacitySettings;
  readonly profile: OrderProfile;
  readonly region: ModelOptions['region'];
  readonly seed?: number;
  readonly concurrency?: number;
}

/** New tables, and the first orders meet cold starts and few pollers: their times are not counted. */
const WARM_UP_SECONDS = 10;
const SECONDS = 30;

/** Runs orders at a steady rate over the API, as long as it takes until all are processed. */
export function runSteady(deployed: Deployed, rate: number): Summary {
  const orders = rate * SECONDS;
  const model = new PipelineModel({ ...deployed, orders });
  new ApiClients(model).start({ rate, seconds: SECONDS });
  model.run(SECONDS);
  return summarize(model, { rate, seconds: SECONDS, from: rate * WARM_UP_SECONDS });
}

/** Runs orders at a steady rate, then at ten times that rate for a minute, then at the first rate again. */
export function runBurst(deployed: Deployed, rate: number): Summary {
  const burst = { rate: 10 * rate, seconds: 60 };
  const before = { rate, seconds: SECONDS };
  const model = new PipelineModel({ ...deployed, orders: 2 * rate * SECONDS + burst.rate * burst.seconds });
  const clients = new ApiClients(model);
  clients.start(before);
  clients.start({ ...burst, from: rate * SECONDS, at: SECONDS });
  clients.start({ ...before, from: rate * SECONDS + burst.rate * burst.seconds, at: SECONDS + burst.seconds });
  model.run(SECONDS + burst.seconds);
  return summarize(model, { rate: burst.rate, seconds: SECONDS + burst.seconds });
}

/** The run of a file. */
export interface FileRun extends Summary {
  /** Seconds until all orders were sent, confirmed and recorded in the history. */
  readonly sent: number;
  readonly confirmedBy: number;
  readonly recordedBy: number;
  readonly progress: readonly FileProgress[];
}

/** How many orders of a file had passed a step. */
export interface FileProgress {
  readonly second: number;
  readonly sent: number;
  readonly confirmed: number;
  readonly recorded: number;
}

/** Runs a valid file of so many orders on a new stack, from the moment at which its orders are sent. */
export function runFile(deployed: Deployed, orders: number): FileRun {
  const model = new PipelineModel({ ...deployed, orders, isFile: true });
  const begun = model.world.clock.now;
  extractOrders(model, orders);
  model.run();
  const { acceptedAt, publishedAt, recordedAt } = model.times;
  const steps = [acceptedAt, publishedAt, recordedAt].map((times) => times.map((time) => (time - begun) / 1000).sort());
  const [sent, confirmedBy, recordedBy] = steps.map((times) => times[orders - 1]);
  const progress = progressOf(steps, Math.max(confirmedBy, recordedBy));
  return { ...summarize(model, { rate: orders / sent, seconds: sent }), sent, confirmedBy, recordedBy, progress };
}

const POINTS = 60;

function progressOf(steps: readonly Float64Array[], end: number): FileProgress[] {
  return Array.from({ length: POINTS + 1 }, (_, point) => {
    const second = (end * point) / POINTS;
    const [sent, confirmed, recorded] = steps.map((times) => countUntil(times, second));
    return { second, sent, confirmed, recorded };
  });
}

/** How many of the sorted times are not later than a time. */
function countUntil(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1; // eslint-disable-line no-bitwise -- half
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
