import { Account, type Loaded } from './account';
import { pendingViolations } from './check-sequences';
import { Clients } from './clients';
import { Clock, START_TIME } from './clock';
import { EventLoop } from './event-loop';
import { ExpirySchedule } from './expiry-schedule';
import { Faults } from './faults';
import { checkConservation, checkEnd } from './invariants';
import { Observations } from './observations';
import { keyOf } from './pipeline-options';
import { RandomStreams } from './random-streams';
import { readFiles } from './read-files';
import type { World } from './requests';
import { current } from './runtime';
import { maySkip, type Scenario } from './scenario';
import { TimeToLive } from './time-to-live';
import { Trace } from './trace';

/** The result of a run. */
export interface Result {
  readonly violations: readonly string[];
  /** Differs between runs that differ anywhere. */
  readonly hash: string;
  readonly trace: readonly string[];
  readonly steps: number;
  readonly faultsMet: number;
  readonly beforeRedrive: BeforeRedrive;
}

/** What no redrive has changed yet. */
export interface BeforeRedrive {
  /** The number of messages in dead-letter queues. */
  readonly deadLetters: number;
  readonly lastWriteAt: number;
}

const MAX_REDRIVES = 5;
/** Longer than the visibility timeout of a redrive that died, and than the error of any clock. */
const BETWEEN_REDRIVES_MS = 10 * 60_000;

/** One run: with faults until no action is left; then without faults, with redrives; then until no command is pending. */
export async function simulate(scenario: Scenario, loaded: Loaded, isTraced = false): Promise<Result> {
  const clock = new Clock();
  const world: World = {
    clock,
    randomStreams: new RandomStreams(scenario.seed),
    faults: new Faults(scenario.faults, () => clock.now, scenario.outage),
    trace: new Trace(isTraced),
    violations: [],
  };
  Object.assign(current, world);
  const account = new Account(world, loaded, loaded.deployments[keyOf(scenario.options)]);
  const clients = new Clients(world, account);
  const eventLoop = new EventLoop(world, new ExpirySchedule(world, account), new TimeToLive(world, account, scenario.idleDays));
  const maySkipCommands = maySkip(scenario.idleDays);
  const { violations } = world;
  let beforeRedrive: BeforeRedrive = { deadLetters: 0, lastWriteAt: 0 };
  try {
    clients.start(scenario.requests);
    await eventLoop.run();
    beforeRedrive = resultBeforeRedrive(account);
    violations.push(...checkConservation(account, maySkipCommands).map((each) => `before the redrive: ${each}`));
    await eventLoop.run(START_TIME + scenario.idleDays * 86_400_000);
    world.faults.isOver = true;
    await eventLoop.run();
    await redrive(account, eventLoop, world.clock);
    violations.push(...pendingViolations(new Observations(account)));
    await eventLoop.run(Infinity);
    const files = await readFiles(account, clock, () => eventLoop.run());
    violations.push(...checkConservation(account, maySkipCommands), ...checkEnd(account, clients, scenario, files));
  } catch (error) {
    violations.push(`error: ${(error as Error).stack}`);
  }
  for (const item of account.tables.OrdersTable.items.values()) world.trace.add(world.clock.now, JSON.stringify(item));
  return { violations, hash: world.trace.hash, trace: world.trace.lines, steps: eventLoop.steps, faultsMet: world.faults.met, beforeRedrive };
}

const resultBeforeRedrive = ({ deadLetterQueues, tables }: Account): BeforeRedrive => ({
  deadLetters: deadLetterQueues.reduce((sum, { messages }) => sum + messages.length, 0),
  lastWriteAt: Math.max(...Object.values(tables).flatMap(({ writes }) => writes.at(-1)?.at ?? 0)),
});

/** Redrives the dead-letter queues until no message is left that can be redriven. */
async function redrive(account: Account, eventLoop: EventLoop, clock: Clock): Promise<void> {
  for (let redrives = 0; redrives < MAX_REDRIVES && account.queuesToRedrive.length > 0; redrives++) {
    clock.now += BETWEEN_REDRIVES_MS;
    // One by one: if the clock of a redrive is ahead, a poison message returns to its queue again and again until the timeout.
    for (const { name } of account.queuesToRedrive) account.redrive({ queue: account.redriveRoutes.nameOf(name) });
    await eventLoop.run();
  }
}
