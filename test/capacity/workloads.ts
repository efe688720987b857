import { CPU, cpuTime, LATENCIES } from './latency';
import { messageOf } from './message';
import type { PipelineModel } from './pipeline-model';
import { RateLimit } from './rate-limit';

/** Orders that arrive over the API at random times. */
export interface ApiLoad {
  /** Orders per second, and for how many seconds. */
  readonly rate: number;
  readonly seconds: number;
  /** The number of the first order, and the time in seconds at which it arrives. */
  readonly from?: number;
  readonly at?: number;
}

/** Requests of clients to the API. What the API refuses is not accepted, and is not repeated here. */
export class ApiClients {
  refused = 0;
  readonly throttle: RateLimit;
  private readonly account: RateLimit;

  constructor(private readonly model: PipelineModel) {
    const { world, limits, options: { settings: { throttle } } } = model;
    this.throttle = new RateLimit(world, 'API: throttle', throttle.rate, throttle.burst);
    this.account = new RateLimit(world, 'API Gateway: requests', limits.apiRequests, limits.apiBurst);
  }

  /** Schedules the orders of a load. */
  start({ rate, seconds, from = 0, at = 0 }: ApiLoad): void {
    const { clock, random } = this.model.world;
    let order = from;
    const end = from + rate * seconds;
    const next = (): void => {
      if (order >= end) return;
      this.send(order++);
      clock.after((-Math.log(1 - random.next()) * 1000) / rate, next);
    };
    clock.after(at * 1000, next);
  }

  private send(order: number): void {
    const { world: { clock, random }, fifoRequests, ordersQueue, times } = this.model;
    const receiveOrder = this.model.functionNamed('receive-order');
    const isInvoked = this.throttle.take() && this.account.take() && receiveOrder.invoke((_, end) => {
      clock.after(cpuTime(CPU.perInvocation + CPU.perMessage, receiveOrder.memorySize) + LATENCIES.queue.longestOf(1, random), () => {
        end();
        if (!fifoRequests.take()) return void this.refused++;
        times.accept(order);
        ordersQueue.send([messageOf(order, clock.now)]);
      });
    });
    if (!isInvoked) this.refused++;
  }
}

/** From `extraction-batches.ts` and `send-orders.ts` of the handlers. */
const CHECKPOINT_ORDERS = 500;
const BATCH = 10;
const CONCURRENCY = 32;
/** The pause before `sendOrders` repeats a batch that was throttled. */
const PAUSE = 100;

/** Sends the orders of a valid file to the orders queue, as `extract-orders` does: so many between two checkpoints. */
export function extractOrders(model: PipelineModel, orders: number, from = 0): void {
  const { world: { clock, random } } = model;
  const { memorySize } = model.functionNamed('extract-orders');
  const last = from + orders;
  const sendNext = (first: number): void => {
    if (first >= last) return;
    const count = Math.min(CHECKPOINT_ORDERS, last - first);
    const batches = Math.ceil(count / BATCH);
    const rounds = Math.ceil(batches / CONCURRENCY);
    const sending = Array.from({ length: rounds }, () => LATENCIES.queue.longestOf(Math.min(batches, CONCURRENCY), random));
    const duration = sending.reduce((sum, each) => sum + each, 0) + cpuTime(CPU.perExtractedOrder * count, memorySize);
    clock.after(duration + LATENCIES.table.longestOf(1, random), () => { acceptAll(model, first, count, () => { sendNext(first + count); }); });
  };
  sendNext(from);
}

function acceptAll(model: PipelineModel, first: number, count: number, end: () => void): void {
  const { world: { clock }, fifoRequests, ordersQueue, times } = model;
  if (!fifoRequests.take(Math.ceil(count / BATCH))) return clock.after(PAUSE, () => { acceptAll(model, first, count, end); });
  const orders = Array.from({ length: count }, (_, index) => first + index);
  for (const order of orders) times.accept(order);
  ordersQueue.send(orders.map((order) => messageOf(order, clock.now)));
  end();
}
