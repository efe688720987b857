import { Account, type Loaded } from './account';
import { Chances } from './chances';
import { Clients } from './clients';
import { BEGINNING, Clock } from './clock';
import { Faults } from './faults';
import { checkConservation, checkEnd } from './invariants';
import type { World } from './network';
import { current } from './runtime';
import type { Scenario } from './scenario';
import { Sweeps } from './sweeps';
import { Trace } from './trace';

/** What a run came to. */
export interface Result {
  readonly violations: readonly string[];
  /** Tells runs apart that differ anywhere. */
  readonly hash: string;
  readonly trace: readonly string[];
  readonly steps: number;
  readonly faultsMet: number;
}

const MOST_STEPS = 300_000;
const MOST_REDRIVES = 5;

/** One run: with faults, until all is quiet; then without, after what is in dead-letter queues was sent again; then to the end of all waiting. */
export async function simulate(scenario: Scenario, loaded: Loaded, isTraced = false): Promise<Result> {
  const world: World = {
    clock: new Clock(), chances: new Chances(scenario.seed), faults: new Faults(scenario.faults), trace: new Trace(isTraced),
  };
  Object.assign(current, world);
  const account = new Account(world, loaded, scenario.options);
  const clients = new Clients(world, account);
  const sweeps = new Sweeps(world, account);
  const maySkip = scenario.daysOfRest > 120;
  let steps = 0;

  /** Lets everything happen until nothing does any more, or until a time. What is parked has its time only in the second case. */
  const settle = async (until?: number): Promise<void> => {
    for (;;) {
      const { clock } = world;
      if (++steps > MOST_STEPS) throw new Error('it gets nowhere');
      if (until === undefined && clock.next === Infinity) return;
      const sweep = sweeps.next;
      if (Math.min(sweep, clock.next) > (until ?? Infinity) || Math.min(sweep, clock.next) === Infinity) {
        clock.now = Math.max(clock.now, until === Infinity ? 0 : until ?? 0);
        return;
      }
      if (sweep < clock.next) {
        clock.now = sweep;
        sweeps.run();
      } else {clock.step();}
      if (clock.hasWoken) {
        clock.hasWoken = false;
        await drained();
      }
    }
  };

  const violations: string[] = [];
  try {
    clients.start(scenario.asks);
    await settle();
    violations.push(...checkConservation(account, maySkip).map((each) => `when quiet: ${each}`));
    await settle(BEGINNING + scenario.daysOfRest * 86_400_000);
    world.faults.isOver = true;
    for (let redrives = 0; redrives < MOST_REDRIVES && account.hasTrouble; redrives++) {
      account.redrive();
      await settle();
    }
    await settle(Infinity);
    violations.push(...checkConservation(account, maySkip), ...checkEnd(account, clients, scenario));
  } catch (error) {
    violations.push(`error: ${(error as Error).stack}`);
  }
  for (const item of account.tables.orders.items.values()) world.trace.add(world.clock.now, JSON.stringify(item));
  return { violations, hash: world.trace.hash, trace: world.trace.lines, steps, faultsMet: world.faults.met };
}

/** Everybody who was waiting for a promise has gone on. */
const drained = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
