import { Account, type Loaded } from './account';
import { Clock } from './clock';
import { Faults, type Fault } from './faults';
import { RandomStreams } from './random-streams';
import { fillDeadLetterQueues, manyViolations, type DeadLetters } from './redrive-many-messages';
import type { World } from './requests';
import { runUntilIdle } from './run-until-idle';
import { current } from './runtime';
import { Trace } from './trace';
import { FunctionFailed } from '../../cli/function-failed';
import { redriveAll } from '../../cli/redrive/redrive-all';
import type { RedriveResult } from '../../cli/redrive/redrive-result';
import { DEFAULT_PER_SECOND } from '../../handlers/shared/redrive/redrive-limits';

/** The result of a redrive of many messages. */
export interface ManyResult {
  /** One for each command: the same, until one is not interrupted. */
  readonly commands: readonly RedriveResult[];
  readonly violations: readonly string[];
  /** The number of `OrderRedriven` events. */
  readonly redrivenEvents: number;
}

/** A response that is lost, a process that dies after messages were sent and before they are deleted, and entries of batches that fail. */
const FAULTS: readonly Fault[] = [
  { site: 'redrive-dead-letters: DeleteMessageBatch', kind: 'crash before', nth: 40, times: 1 },
  { site: 'redrive-dead-letters: SendMessageBatch OrdersQueue', kind: 'lost', nth: 20, times: 2 },
  { site: 'redrive-dead-letters: SendMessageBatch OrdersQueue', kind: 'partial', nth: 60, times: 5 },
  { site: 'redrive-dead-letters: SendMessageBatch ProcessingQueue', kind: 'partial', nth: 3, times: 5 },
];

/** The invocation of each of the first commands during which it is interrupted. The first invocation counts the messages. */
const INTERRUPTED_AT = [2, 3];
const MAX_COMMANDS = 4;

/** Fills the dead-letter queues with so many messages, and redrives them with the command line, which is interrupted twice. */
export async function redriveMany(count: number, loaded: Loaded): Promise<ManyResult> {
  const clock = new Clock();
  const faults = new Faults(FAULTS, () => clock.now);
  const world: World = { clock, randomStreams: new RandomStreams(count), faults, trace: new Trace(), violations: [] };
  Object.assign(current, world);
  const account = new Account(world, loaded, Object.values(loaded.deployments)[0]);
  const deadLetters = fillDeadLetterQueues(account, count);
  // Messages are redriven that were there before.
  clock.now += 3_600_000;
  const [commands] = await Promise.all([runCommands(world, account, count), runUntilIdle(clock)]);
  return resultOf(account, world, deadLetters, commands);
}

async function runCommands(world: World, account: Account, count: number): Promise<RedriveResult[]> {
  const results: RedriveResult[] = [];
  // So slow that each command needs several invocations.
  const rate = Math.min(DEFAULT_PER_SECOND, Math.ceil(count / 40));
  for (let command = 0; command < MAX_COMMANDS; command++) {
    const result = await runCommand(world, account, rate, INTERRUPTED_AT[command]);
    results.push(result);
    if (!result.interrupted) break;
  }
  return results;
}

function runCommand({ clock }: World, account: Account, maxPerSecond: number, interruptedAt?: number): Promise<RedriveResult> {
  const interruption = new AbortController();
  let invocations = 0;
  const invoke = (name: string, request: object) => new Promise((resolve, reject) => {
    if (invocations++ === interruptedAt) interruption.abort();
    account.functions[name].invoke(JSON.parse(JSON.stringify(request)), ({ value, error }) => {
      clock.hasWoken = true;
      if (error === undefined) resolve(JSON.parse(JSON.stringify(value)));
      else reject(new FunctionFailed(error));
    });
  });
  return redriveAll('redrive-dead-letters', { action: 'redrive', dryRun: false, maxPerSecond }, invoke, {
    printError: () => undefined,
    isTerminal: false,
    catchInterruption: () => interruption.signal,
    clock: { now: () => clock.now, sleep: (milliseconds) => clock.sleep(milliseconds) },
  });
}

function resultOf(account: Account, world: World, deadLetters: DeadLetters, commands: RedriveResult[]): ManyResult {
  const redriven = account.bus.published.filter(({ type }) => type === 'OrderRedriven');
  return {
    commands,
    violations: [...world.violations, ...manyViolations(account, deadLetters, commands), ...commandViolations(commands)],
    redrivenEvents: redriven.length,
  };
}

/** Two commands are interrupted, and the third one redrives the rest. */
function commandViolations(commands: readonly RedriveResult[]): string[] {
  const interrupted = commands.filter((command) => command.interrupted).length;
  const { left } = commands.at(-1)!;
  return [
    ...(interrupted === INTERRUPTED_AT.length ? [] : [`${interrupted} of ${commands.length} commands were interrupted`]),
    ...(left === 0 ? [] : [`${left} messages are left after the last command`]),
  ];
}
