import type { Clock } from './clock';
import type { Faults } from './faults';
import { TooLarge } from './limits';
import type { RandomStreams } from './random-streams';
import type { Trace } from './trace';

/** The parts that all simulated services share. */
export interface World {
  readonly clock: Clock;
  readonly randomStreams: RandomStreams;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Violations that are found as they happen. */
  readonly violations: string[];
}

/** The process of a function that sends requests. */
export interface Caller {
  readonly name: string;
  isDead: boolean;
  crash(reason: string): void;
}

/** The effect of a request at its service, now or, for a promise, later; with `isPartial`, some of its entries fail. */
export type Effect = (isPartial: boolean) => unknown;

const NEVER = new Promise<never>(() => undefined);
const SLOW_MS = 70_000;

/** Sends a request to its service and returns the response. Both take time, and may meet a fault. */
export function sendRequest(world: World, caller: Caller, operation: string, effect: Effect): Promise<unknown> {
  if (caller.isDead) return NEVER;
  const { clock, randomStreams, faults, trace } = world;
  const site = `${caller.name}: ${operation}`;
  const fault = faults.at(site);
  const random = randomStreams.of(site);
  const delay = 2 + random.below(random.chance(0.05) ? 400 : 20) + (fault === 'slow' ? random.below(SLOW_MS) : 0);
  return new Promise((resolve, reject) => {
    const respond = (response: () => void): void => {
      if (caller.isDead) return;
      clock.hasWoken = true;
      response();
    };
    clock.after(delay, () => {
      trace.add(clock.now, `${site} ${caller.isDead ? 'of a dead process' : fault ?? ''}`);
      // A request that a process sent before it died may arrive or not.
      if (caller.isDead && random.chance(0.5)) return;
      if (fault === 'crash before') return caller.crash('crashed');
      if (fault === 'fail') return respond(() => { reject(named('ThrottlingException')); });
      try {
        let value = effect(fault === 'partial');
        // The SDK retries a request whose response was lost.
        if (fault === 'twice') value = effect(false);
        if (fault === 'crash after') caller.crash('crashed');
        else if (fault === 'lost') respond(() => { reject(named('TimeoutError')); });
        else if (value instanceof Promise) void value.then((late) => { respond(() => { resolve(late); }); });
        else respond(() => { resolve(value); });
      } catch (error) {
        if (error instanceof TooLarge) world.violations.push(`size: ${site} is refused (${error.name})`);
        respond(() => { reject(error as Error); });
      }
    });
  });
}

export const named = (name: string): Error => Object.assign(new Error(name), { name });
