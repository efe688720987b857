import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import type { Crossing, FakeAws } from './fake-aws';

const running = new AsyncLocalStorage<Invocation>();
const never = new Promise<never>(() => undefined);

/** How an invocation is disturbed. */
export interface InvocationOptions {
  /** The number of the request, from 1, at which it is killed. */
  readonly killAt?: number;
  /** Whether a request that is on its way when that happens takes effect all the same. */
  readonly takesEffect?: () => boolean;
  /** Milliseconds it may take: each request takes 10 of them. Unlimited unless it is said. */
  readonly time?: number;
}

/** One run of a handler, which can be killed: it then gets no answer any more, like a process that is gone. */
export class Invocation {
  calls = 0;
  isDead = false;
  private kill!: (verdict: 'killed') => void;
  private readonly killed = new Promise<'killed'>((resolve) => { this.kill = resolve; });

  constructor(private readonly options: InvocationOptions = {}) {}

  /** What Lambda tells a handler of its invocation. */
  get context(): Context {
    const { time = Infinity } = this.options;
    return { getRemainingTimeInMillis: () => Math.max(0, time - 10 * this.calls) } as Context;
  }

  /** Runs a handler to its end, or until it is killed. */
  run<Answer>(handler: (context: Context) => Promise<Answer>): Promise<Answer | 'killed'> {
    return Promise.race([running.run(this, async () => handler(this.context)), this.killed]);
  }

  /** Counts a request, and lets it through while there is somebody to answer. */
  async cross(effect: () => unknown): Promise<unknown> {
    this.calls++;
    if (this.isDead) return never; // the process is gone: nothing is sent
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

/** Lets requests cross by the invocation that they belong to. */
export const makeInvocationsKillable = (aws: FakeAws): void => {
  const { crossing } = aws;
  aws.crossing = (call, effect) => {
    const invocation = running.getStore();
    if (!invocation) throw new Error(`${call.name} belongs to no invocation`);
    return invocation.cross(() => crossing(call, effect));
  };
};

/** What a request meets when it is to fail, once or always. */
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
