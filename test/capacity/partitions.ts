import { DYNAMODB } from './published-limits';
import { Usage } from './usage';
import type { World } from './world';

const MINUTE = 60_000;

/**
 * The partitions of a table or of an index in on-demand mode. Keys are spread over them by their positions, from 0 to 1. A partition serves its
 * limit of one second at most: burst capacity is not counted, because DynamoDB does not promise it.
 */
export class Partitions {
  readonly usage: Usage;
  private tokens: Float64Array;
  private refilledAt: Float64Array;
  private minute = 0;
  private usedBefore = 0;
  /** Write units per second of each minute. */
  private readonly minutes: number[] = [];

  constructor(private readonly world: World, limit: string, warmThroughput: number = DYNAMODB.newTable) {
    this.usage = new Usage(limit, warmThroughput);
    world.usages.push(this.usage);
    this.tokens = this.full();
    this.refilledAt = new Float64Array(this.tokens.length).fill(world.clock.now);
    this.minute = Math.floor(world.clock.now / MINUTE);
  }

  get count(): number {
    return this.tokens.length;
  }

  /** Returns whether the partition of a position has so many write units left. */
  has(position: number, units: number): boolean {
    this.grow();
    const partition = this.partitionOf(position);
    const { now } = this.world.clock;
    const limit = this.usage.capacity / this.count;
    this.tokens[partition] = Math.min(limit, this.tokens[partition] + ((now - this.refilledAt[partition]) / 1000) * limit);
    this.refilledAt[partition] = now;
    if (this.tokens[partition] >= units) return true;
    this.usage.refused += units;
    return false;
  }

  take(position: number, units: number): void {
    this.tokens[this.partitionOf(position)] -= units;
    this.usage.used += units;
  }

  private partitionOf(position: number): number {
    return Math.floor(position * this.count);
  }

  /** Twice the peak of the minutes before the last 30 becomes the capacity. */
  private grow(): void {
    const minute = Math.floor(this.world.clock.now / MINUTE);
    if (minute === this.minute) return;
    this.minutes.push((this.usage.used - this.usedBefore) / 60);
    for (let each = this.minute + 1; each < minute; each++) this.minutes.push(0);
    this.usedBefore = this.usage.used;
    this.minute = minute;
    const peak = Math.max(0, ...this.minutes.slice(0, -DYNAMODB.growthMinutes));
    const capacity = Math.min(DYNAMODB.tableQuota, DYNAMODB.growth * peak);
    if (capacity <= this.usage.capacity) return;
    this.usage.capacity = capacity;
    this.tokens = this.full();
    this.refilledAt = new Float64Array(this.tokens.length).fill(this.world.clock.now);
  }

  private full(): Float64Array {
    const count = Math.ceil(this.usage.capacity / DYNAMODB.partition);
    return new Float64Array(count).fill(this.usage.capacity / count);
  }
}
