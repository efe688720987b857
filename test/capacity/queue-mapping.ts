import { delayAfterFailure, isAbandoned, isExhausted } from './failure-policy';
import type { LambdaFunction } from './lambda';
import { LATENCIES } from './latency';
import type { Message } from './message';
import { LAMBDA } from './published-limits';
import type { Queue } from './queue';
import { Usage } from './usage';
import type { Work } from './work';
import type { World } from './world';
import type { RetryLimits } from '../../handlers/shared/messaging/retry-policy';

/** How a mapping reads a queue. Times are in milliseconds. */
export interface QueueMappingSettings {
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly batchingWindow: number;
}

/** How long Lambda waits before it invokes a throttled function with a batch again. AWS does not publish it. */
const THROTTLED_PAUSE = 1000;
/** How often a poller with a batching window looks for more messages. */
const WINDOW_STEP = 20;

/** The event source mapping that feeds a function from a queue: each poller receives a batch, invokes the function and waits for its end. */
export class QueueMapping {
  /** Seconds in which messages waited for a poller. Lambda adds pollers every minute, up to the maximum concurrency. */
  readonly usages: readonly Usage[];
  attempts = 0;
  failures = 0;
  private pollers: number = LAMBDA.firstPollers;
  private busy = 0;
  private receiving = 0;
  private isScaling = false;
  private isBlocked = false;
  private blockedSince: number;

  constructor(
    private readonly world: World, private readonly queue: Queue, private readonly target: LambdaFunction, private readonly work: Work,
    private readonly settings: QueueMappingSettings, private readonly limits: RetryLimits,
  ) {
    this.usages = ['pollers at first', 'maxConcurrency'].map((limit) => new Usage(`${target.name}: ${limit}`, 1));
    world.usages.push(...this.usages);
    this.blockedSince = world.clock.now;
    queue.consumer = this;
  }

  wake(): void {
    while (this.queue.visibleMessages > this.receiving * this.settings.batchSize && this.busy < this.pollerLimit) {
      this.busy++;
      this.receiving++;
      this.world.clock.after(LATENCIES.queue.longestOf(1, this.world.random), () => { this.receive(this.world.clock.now); });
    }
    this.measure();
    if (this.isBlocked) this.scale();
  }

  /** Counts the time for which messages waited for a poller. */
  measure(): void {
    const { now } = this.world.clock;
    for (const usage of this.usages) usage.used += this.isBlocked ? (now - this.blockedSince) / 1000 : 0;
    this.isBlocked = this.queue.visibleMessages > 0 && this.busy >= this.pollerLimit;
    this.blockedSince = now;
  }

  private get pollerLimit(): number {
    return Math.min(this.pollers, this.settings.maxConcurrency);
  }

  /** Adds pollers, one by one, while messages wait for one. */
  private scale(): void {
    if (this.isScaling || this.pollers >= this.settings.maxConcurrency) return;
    this.isScaling = true;
    this.world.clock.after(60_000 / LAMBDA.pollersPerMinute, () => {
      this.isScaling = false;
      if (this.queue.visibleMessages > 0) this.pollers++;
      this.wake();
    });
  }

  private receive(begun: number, received: readonly Message[] = []): void {
    const { clock } = this.world;
    const { batchSize, batchingWindow } = this.settings;
    const batch = [...received, ...this.queue.receive(batchSize - received.length)];
    if (batch.length > 0 && batch.length < batchSize && clock.now - begun < batchingWindow) {
      return clock.after(WINDOW_STEP, () => { this.receive(begun, batch); });
    }
    this.receiving--;
    if (batch.length === 0) this.busy--;
    else this.invoke(batch, clock.now);
    this.wake();
  }

  private invoke(batch: readonly Message[], receivedAt: number): void {
    const { clock } = this.world;
    const wasInvoked = this.target.invoke((environment, end) => {
      this.attempts += batch.length;
      const abandoned = batch.filter((message) => isAbandoned(message, clock.now, this.limits));
      this.work(environment, batch.filter((message) => !abandoned.includes(message)), (failed) => {
        end();
        this.settle(batch, [...abandoned, ...failed]);
      });
    });
    if (wasInvoked) return;
    const visibilityTimeout = this.queue.settings.visibilityTimeout;
    if (clock.now - receivedAt < visibilityTimeout - THROTTLED_PAUSE) return clock.after(THROTTLED_PAUSE, () => { this.invoke(batch, receivedAt); });
    this.queue.showAfter(0, batch);
    this.free();
  }

  private settle(batch: readonly Message[], failed: readonly Message[]): void {
    const { clock, random } = this.world;
    const isFailed = new Set(failed);
    const exhausted = failed.filter((message) => isExhausted(message, clock.now, this.limits));
    this.failures += failed.length;
    this.queue.delete(batch.filter((message) => !isFailed.has(message)));
    this.queue.sendToDeadLetterQueue(exhausted);
    const retried = failed.filter((message) => !exhausted.includes(message));
    // All messages of a group that failed become visible together.
    for (const messages of Map.groupBy(retried, ({ group }) => group).values()) {
      this.queue.showAfter(delayAfterFailure(messages[0], random.next()), messages);
    }
    this.free();
  }

  private free(): void {
    this.busy--;
    this.wake();
  }
}
