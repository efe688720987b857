import type { Chances } from './chances';
import type { Clock } from './clock';
import type { Faults } from './faults';
import { TooLarge } from './limits';
import type { Trace } from './trace';

/** What all simulated services share. */
export interface World {
  readonly clock: Clock;
  readonly chances: Chances;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Requests that were too large. */
  readonly refused: string[];
}

/** A running function, as far as its requests are concerned. */
export interface Caller {
  readonly name: string;
  isDead: boolean;
  crash(reason: string): void;
}

/** What a request does at its service, now or, where that is a promise, in the end; `isPartial`: some of its entries fail. */
export type Effect = (isPartial: boolean) => unknown;

const NEVER = new Promise<never>(() => undefined);
const SLOW_MS = 70_000;

/** Lets a request cross to its service and back. It takes its time, and may meet a fault. */
export function cross(world: World, caller: Caller, operation: string, effect: Effect): Promise<unknown> {
  if (caller.isDead) return NEVER;
  const { clock, chances, faults, trace } = world;
  const site = `${caller.name}: ${operation}`;
  const fault = faults.at(site);
  const random = chances.of(site);
  const delay = 2 + random.below(random.chance(0.05) ? 400 : 20) + (fault === 'slow' ? random.below(SLOW_MS) : 0);
  return new Promise((resolve, reject) => {
    const answer = (give: () => void): void => {
      if (caller.isDead) return;
      clock.hasWoken = true;
      give();
    };
    clock.after(delay, () => {
      trace.add(clock.now, `${site} ${caller.isDead ? 'of the dead' : fault ?? ''}`);
      // What a process had sent when it died may arrive all the same.
      if (caller.isDead && random.chance(0.5)) return;
      if (fault === 'crash before') return caller.crash('crashed');
      if (fault === 'fail') return answer(() => { reject(named('ThrottlingException')); });
      try {
        let value = effect(fault === 'partial');
        // The SDK asks again where an answer was lost.
        if (fault === 'twice') value = effect(false);
        if (fault === 'crash after') caller.crash('crashed');
        else if (fault === 'lost') answer(() => { reject(named('TimeoutError')); });
        else if (value instanceof Promise) void value.then((late) => { answer(() => { resolve(late); }); });
        else answer(() => { resolve(value); });
      } catch (error) {
        if (error instanceof TooLarge) world.refused.push(`${site} (${error.name})`);
        answer(() => { reject(error as Error); });
      }
    });
  });
}

export const named = (name: string): Error => Object.assign(new Error(name), { name });
