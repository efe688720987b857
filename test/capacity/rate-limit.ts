import { Usage } from './usage';
import type { World } from './world';

/** A limit of requests per second: a token bucket. */
export class RateLimit {
  readonly usage: Usage;
  private tokens: number;
  private refilledAt: number;

  constructor(private readonly world: World, limit: string, private readonly perSecond: number, private readonly burst = perSecond) {
    this.usage = new Usage(limit, perSecond);
    this.tokens = burst;
    this.refilledAt = world.clock.now;
    world.usages.push(this.usage);
  }

  /** Returns whether so many requests are within the limit. */
  take(count = 1): boolean {
    const { now } = this.world.clock;
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.refilledAt) / 1000) * this.perSecond);
    this.refilledAt = now;
    if (this.tokens < count) {
      this.usage.refused += count;
      return false;
    }
    this.tokens -= count;
    this.usage.used += count;
    return true;
  }
}

/** A limit that delays what exceeds it, in the order in which it arrives. */
export class DelayingLimit {
  readonly usage: Usage;
  private freeAt = 0;

  constructor(private readonly world: World, limit: string, private readonly perSecond: number) {
    this.usage = new Usage(limit, perSecond);
    world.usages.push(this.usage);
  }

  /** Returns by how many milliseconds so many deliveries are delayed. */
  delayOf(count: number): number {
    const { now } = this.world.clock;
    const delay = Math.max(0, this.freeAt - now);
    this.freeAt = Math.max(now, this.freeAt) + (count * 1000) / this.perSecond;
    this.usage.used += count;
    if (delay > MAX_UNNOTICED_DELAY) this.usage.delayed += count;
    return delay;
  }
}

/** A short delay is a coincidence of arrivals, not a limit that is reached. */
const MAX_UNNOTICED_DELAY = 100;
