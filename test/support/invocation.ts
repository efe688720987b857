import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import type { Crossing, FakeAws } from './fake-aws';

const running = new AsyncLocalStorage<Invocation>();
const never = new Promise<never>(() => undefined);

/** The faults of an invocation. */
export interface InvocationOptions {
  /** The number of the request, from 1, at which it is killed. */
  readonly killAt?: number;
  /** Whether the request takes effect at which the invocation is killed. */
  readonly takesEffect?: () => boolean;
  /** The timeout in milliseconds. Each request takes 10 ms. @default - no timeout */
  readonly time?: number;
}

/** An invocation of a handler. After it is killed, its requests receive no response, as in a terminated process. */
export class Invocation {
  calls = 0;
  isDead = false;
  private kill!: (result: 'killed') => void;
  private readonly killed = new Promise<'killed'>((resolve) => { this.kill = resolve; });

  constructor(private readonly options: InvocationOptions = {}) {}

  /** The Lambda context of the invocation. */
  get context(): Context {
    const { time = Infinity } = this.options;
    return { getRemainingTimeInMillis: () => Math.max(0, time - 10 * this.calls) } as Context;
  }

  /** Runs a handler to its end, or until it is killed. */
  run<Answer>(handler: (context: Context) => Promise<Answer>): Promise<Answer | 'killed'> {
    return Promise.race([running.run(this, async () => handler(this.context)), this.killed]);
  }

  /** Counts a request, and executes it while the invocation is alive. */
  async cross(effect: () => unknown): Promise<unknown> {
    this.calls++;
    if (this.isDead) return never; // the process is terminated: nothing is sent
    if (this.calls === this.options.killAt) {
      this.isDead = true;
      this.kill('killed');
    }
    await undefined;
    const isAnswered = !this.isDead;
    if (!isAnswered && !(this.options.takesEffect?.() ?? false)) return never;
    const answer = effect();
    return isAnswered ? answer : never;
  }
}

/** Routes requests through the invocation that sends them, so that it can be killed. */
export const makeInvocationsKillable = (aws: FakeAws): void => {
  const { crossing } = aws;
  aws.crossing = (call, effect) => {
    const invocation = running.getStore();
    if (!invocation) throw new Error(`${call.name} belongs to no invocation`);
    return invocation.cross(() => crossing(call, effect));
  };
};

/** Makes matching requests fail, `times` times or always. */
export const failing = (matches: (call: Parameters<Crossing>[0]) => boolean, error: () => Error, times = Infinity): Crossing => {
  let left = times;
  return (call, effect) => {
    if (left > 0 && matches(call)) {
      left--;
      throw error();
    }
    return effect();
  };
};
