import { Account, type Loaded } from './account';
import { Chances } from './chances';
import { waitingViolations } from './check-lines';
import { Clients } from './clients';
import { BEGINNING, Clock } from './clock';
import { Facts } from './facts';
import { Faults } from './faults';
import { checkConservation, checkEnd } from './invariants';
import type { World } from './network';
import { PassingTime } from './passing-time';
import { current } from './runtime';
import { keyOf } from './pipeline-options';
import { maySkip, type Scenario } from './scenario';
import { Sweeps } from './sweeps';
import { TimeToLive } from './time-to-live';
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

const MOST_REDRIVES = 5;
/** By then, what a redrive had taken that died can be seen again, and the clock of another is behind by less. */
const BETWEEN_REDRIVES_MS = 10 * 60_000;

/** One run: with faults, until all is quiet; then without, after what is in dead-letter queues was sent again; then to the end of all waiting. */
export async function simulate(scenario: Scenario, loaded: Loaded, isTraced = false): Promise<Result> {
  const world: World = {
    clock: new Clock(), chances: new Chances(scenario.seed), faults: new Faults(scenario.faults), trace: new Trace(isTraced), refused: [],
  };
  Object.assign(current, world);
  const account = new Account(world, loaded, loaded.deployments[keyOf(scenario.options)]);
  const clients = new Clients(world, account);
  const time = new PassingTime(world, new Sweeps(world, account), new TimeToLive(world, account, scenario.daysOfRest));
  const mayPass = maySkip(scenario.daysOfRest);
  const violations: string[] = [];
  try {
    clients.start(scenario.asks);
    await time.settle();
    violations.push(...checkConservation(account, mayPass).map((each) => `when quiet: ${each}`));
    await time.settle(BEGINNING + scenario.daysOfRest * 86_400_000);
    world.faults.isOver = true;
    for (let redrives = 0; redrives < MOST_REDRIVES && account.troubled.length > 0; redrives++) {
      world.clock.now += BETWEEN_REDRIVES_MS;
      // Each for itself: by a clock that is ahead, what nobody can read goes round in its queue until the time is up.
      for (const { name } of account.troubled) account.redrive({ queue: account.redriveRoutes.nameOf(name) });
      await time.settle();
    }
    violations.push(...waitingViolations(new Facts(account)));
    await time.settle(Infinity);
    violations.push(...checkConservation(account, mayPass), ...checkEnd(account, clients, scenario));
    violations.push(...world.refused.map((request) => `size: ${request} is refused`));
  } catch (error) {
    violations.push(`error: ${(error as Error).stack}`);
  }
  for (const item of account.tables.OrdersTable.items.values()) world.trace.add(world.clock.now, JSON.stringify(item));
  return { violations, hash: world.trace.hash, trace: world.trace.lines, steps: time.steps, faultsMet: world.faults.met };
}
