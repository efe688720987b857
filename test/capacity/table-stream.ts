import type { LambdaFunction } from './lambda';
import { LATENCIES } from './latency';
import type { Message } from './message';
import { MessageList } from './message-list';
import { LAMBDA } from './published-limits';
import { positionOf } from './table';
import { Usage } from './usage';
import type { Work } from './work';
import type { World } from './world';

/** How a mapping reads a stream. Times are in milliseconds. */
export interface StreamMappingSettings {
  readonly batchSize: number;
  readonly batchingWindow: number;
  readonly parallelizationFactor: number;
}

/** From `streamFailurePolicy` of the handlers: a handler sends records to the dead-letter queue at this age, and keeps time for its response. */
const MAX_AGE = 20 * 3_600_000;
const RESERVE = 5000;
/** The pause before Lambda repeats an invocation that was throttled. AWS does not publish it. */
const THROTTLED_PAUSE = 1000;

/** One of the batches of a shard that are processed concurrently. The records of an order are always in the same. */
class Lane {
  readonly records = new MessageList<Message>();
  busyTime = 0;
  private isBusy = false;

  constructor(
    private readonly world: World, private readonly target: LambdaFunction, private readonly work: Work,
    private readonly settings: StreamMappingSettings, private readonly deadLetters: Message[],
  ) {}

  push(record: Message): void {
    this.records.push(record);
    if (this.isBusy) return;
    this.isBusy = true;
    const { clock, random } = this.world;
    clock.after(random.next() * (1000 / LAMBDA.streamPollsPerSecond), () => { this.gather(clock.now); });
  }

  private gather(begun: number): void {
    const { batchSize, batchingWindow } = this.settings;
    const left = begun + batchingWindow - this.world.clock.now;
    if (this.records.length < batchSize && left > 0) this.world.clock.after(Math.min(left, 50), () => { this.gather(begun); });
    else this.deliver();
  }

  private deliver(): void {
    const { clock } = this.world;
    const batch = this.records.firstOf(this.settings.batchSize);
    const begun = clock.now;
    const wasInvoked = this.target.invoke((environment, end) => {
      this.work(environment, batch, (failed) => {
        const retried = this.withoutDeadLetters(failed);
        clock.after(this.pauseAfter(retried, begun), () => {
          end();
          this.busyTime += (clock.now - begun) / 1000;
          this.checkpoint(batch, retried);
        });
      });
    });
    if (!wasInvoked) clock.after(THROTTLED_PAUSE, () => { this.deliver(); });
  }

  /** Continues at the first record that failed. */
  private checkpoint(batch: readonly Message[], failed: readonly Message[]): void {
    const isFailed = new Set(failed);
    const first = batch.findIndex((record) => isFailed.has(record));
    const done = first === -1 ? batch.length : first;
    for (let count = 0; count < done; count++) this.records.shift();
    const { clock, random } = this.world;
    if (this.records.length === 0) this.isBusy = false;
    else clock.after(LATENCIES.table.longestOf(1, random), () => { this.gather(clock.now); });
  }

  private withoutDeadLetters(failed: readonly Message[]): Message[] {
    const { now } = this.world.clock;
    this.deadLetters.push(...failed.filter(({ sentAt }) => now - sentAt >= MAX_AGE));
    return failed.filter(({ sentAt }) => now - sentAt < MAX_AGE);
  }

  /** Half the age of the first record that failed, as far as the time of the invocation allows. */
  private pauseAfter([first]: readonly Message[], begun: number): number {
    if (!first) return 0;
    const { now } = this.world.clock;
    return Math.max(0, Math.min((now - first.sentAt) / 2, begun + this.target.timeout - RESERVE - now));
  }
}

/** A table's stream with a mapping: a shard for each partition that the table had at first. */
export class TableStream {
  readonly deadLetters: Message[] = [];
  readonly usage: Usage;
  pushed = 0;
  private readonly lanes: readonly (readonly Lane[])[];

  constructor(readonly name: string, world: World, target: LambdaFunction, work: Work, settings: StreamMappingSettings, shards: number) {
    this.lanes = Array.from({ length: shards }, () =>
      Array.from({ length: settings.parallelizationFactor }, () => new Lane(world, target, work, settings, this.deadLetters)));
    this.usage = new Usage(`${name}: shards × parallelizationFactor`, shards * settings.parallelizationFactor);
    world.usages.push(this.usage);
  }

  /** Records that are not processed. */
  get messages(): number {
    return this.lanes.flat().reduce((sum, { records }) => sum + records.length, 0);
  }

  push(record: Message): void {
    this.pushed++;
    const position = positionOf(record.order) * this.lanes.length;
    const shard = this.lanes[Math.floor(position)];
    shard[Math.floor((position % 1) * shard.length)].push(record);
  }

  /** Counts the time for which lanes were busy. */
  measure(): void {
    this.usage.used = this.lanes.flat().reduce((sum, { busyTime }) => sum + busyTime, 0);
  }
}
