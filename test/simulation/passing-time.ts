import type { World } from './network';
import type { Sweeps } from './sweeps';
import type { TimeToLive } from './time-to-live';

const MOST_STEPS = 300_000;

/** Lets time pass, from one thing that happens to the next. */
export class PassingTime {
  steps = 0;

  constructor(private readonly world: World, private readonly sweeps: Sweeps, private readonly timeToLive: TimeToLive) {}

  /** Lets everything happen until nothing does any more, or until a time. What is parked has its time only in the second case. */
  async settle(until?: number): Promise<void> {
    const { clock } = this.world;
    while (this.processNext(until)) {
      if (++this.steps > MOST_STEPS) throw new Error('it gets nowhere');
      if (clock.hasWoken) {
        clock.hasWoken = false;
        await drained();
      }
    }
    if (until !== undefined && until < Infinity) clock.now = Math.max(clock.now, until);
  }

  /** Does the next thing. Tells whether there was one. */
  private processNext(until?: number): boolean {
    const { world: { clock }, sweeps, timeToLive } = this;
    if (until === undefined && clock.next === Infinity) return false;
    const sweep = sweeps.next;
    const next = Math.min(sweep, clock.next);
    const isOver = next === Infinity || next > (until ?? Infinity);
    // Nothing is forgotten for its own sake, but only before something that comes after.
    const horizon = isOver ? until! : next;
    if (horizon < Infinity && timeToLive.next <= horizon) timeToLive.run();
    else if (isOver) return false;
    else if (sweep < clock.next) sweeps.run(sweep);
    else clock.step();
    return true;
  }
}

/** Everybody who was waiting for a promise has gone on. */
const drained = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
