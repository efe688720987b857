import type { ExpirySchedule } from './expiry-schedule';
import type { World } from './requests';
import { promisesToRun } from './run-until-idle';
import type { TimeToLive } from './time-to-live';

const MAX_STEPS = 2_000_000;

/** Runs the scheduled actions of a simulation in the order of their times. */
export class EventLoop {
  steps = 0;

  constructor(private readonly world: World, private readonly expirySchedule: ExpirySchedule, private readonly timeToLive: TimeToLive) {}

  /** Runs until no action is left, or until a time. Pending commands and items expire only in the second case. */
  async run(until?: number): Promise<void> {
    const { clock } = this.world;
    // A function that was invoked before this may await a promise before its first request.
    await this.awaitPromises();
    while (this.processNext(until)) {
      if (++this.steps > MAX_STEPS) throw new Error(`The run does not end within ${MAX_STEPS} steps.`);
      await this.awaitPromises();
    }
    if (until !== undefined && until < Infinity) clock.now = Math.max(clock.now, until);
  }

  private async awaitPromises(): Promise<void> {
    const { clock } = this.world;
    if (!clock.hasWoken) return;
    clock.hasWoken = false;
    await promisesToRun();
  }

  /** Runs the next action. Returns whether there was one. */
  private processNext(until?: number): boolean {
    const { world: { clock }, expirySchedule, timeToLive } = this;
    if (until === undefined && clock.next === Infinity) return false;
    const scheduled = expirySchedule.next;
    const next = Math.min(scheduled, clock.next);
    const isOver = next === Infinity || next > (until ?? Infinity);
    // Time to live deletes an item only before another action.
    const horizon = isOver ? until! : next;
    if (horizon < Infinity && timeToLive.next <= horizon) timeToLive.run();
    else if (isOver) return false;
    else if (scheduled < clock.next) expirySchedule.run(scheduled);
    else clock.step();
    return true;
  }
}
