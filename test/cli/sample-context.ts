import { join } from 'node:path';
import type { Aws } from '../../cli/aws';
import { run } from '../../cli/run';

/** What a command printed, its exit status, and how long it waited. */
export interface CommandRun {
  readonly status: number;
  readonly printed: string;
  readonly errors: string;
  /** The pauses in milliseconds. */
  readonly pauses: readonly number[];
}

const notUsed = () => Promise.reject(new Error('this request is not expected'));
const NO_AWS: Aws = {
  listResources: notUsed,
  invoke: notUsed,
  stacks: { describe: notUsed, metadata: notUsed, template: notUsed, apiKey: notUsed, localEndpoint: () => undefined },
  console: () => { throw new Error('this request is not expected'); },
  erasure: () => { throw new Error('this request is not expected'); },
  eventObjects: { list: notUsed, readLines: notUsed },
  replays: { describeArchive: notUsed, listRules: notUsed, start: notUsed, describe: notUsed, list: notUsed },
};

/** The time and the interruption of a command under test. */
export class TestClock {
  now = Date.parse('2026-03-01T12:00:00.000Z');
  readonly pauses: number[] = [];
  readonly interruption = new AbortController();

  interrupt(): void {
    this.interruption.abort();
  }
}

/** Runs a command with fake AWS calls. Pauses take no time. */
export async function runCommand(
  line: string | readonly string[], aws: Partial<Aws>, clock = new TestClock(), fetch: typeof globalThis.fetch = notUsed,
): Promise<CommandRun> {
  const [printed, errors]: string[][] = [[], []];
  const status = await run(typeof line === 'string' ? line.split(' ') : line, {
    connect: () => ({ ...NO_AWS, ...aws }),
    print: (text) => { printed.push(text); },
    printError: (text) => { errors.push(text); },
    isTerminal: false,
    catchInterruption: () => clock.interruption.signal,
    fetch,
    pageFolder: '/nowhere',
    ministackFolder: join(__dirname, '..', '..', 'cli', 'local', 'ministack'),
    clock: {
      now: () => clock.now,
      sleep: async (milliseconds) => {
        clock.pauses.push(milliseconds);
        clock.now += milliseconds;
      },
    },
  });
  return { status, printed: printed.join(''), errors: errors.join(''), pauses: clock.pauses };
}
