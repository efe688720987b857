import { LATENCIES } from './latency';
import { LAMBDA } from './published-limits';
import { RateLimit } from './rate-limit';
import { Usage } from './usage';
import type { World } from './world';

/** The retries that the SDK still makes in an execution environment. */
export interface Environment {
  retryTokens: number;
}

/** The SDK's first quota of retries. */
export const RETRY_TOKENS = 500;

/** The concurrent executions of an account. */
export class LambdaAccount {
  readonly usage: Usage;
  running = 0;

  constructor(readonly world: World, readonly quota: number = LAMBDA.concurrency) {
    this.usage = new Usage('Lambda: concurrent executions', quota);
    world.usages.push(this.usage);
  }
}

/** A function, with an execution environment for each concurrent invocation. */
export class LambdaFunction {
  invocations = 0;
  throttled = 0;
  private running = 0;
  private readonly idle: Environment[] = [];
  private readonly scaling: RateLimit;

  constructor(
    readonly name: string, private readonly account: LambdaAccount, readonly memorySize: number, readonly timeout: number,
    private readonly reserved = Infinity,
  ) {
    this.scaling = new RateLimit(account.world, `${name}: new execution environments`, LAMBDA.scaling / LAMBDA.scalingSeconds, LAMBDA.scaling);
  }

  /** Invokes the function with work that ends by calling `end`. Returns whether it was invoked: otherwise it is throttled. */
  invoke(work: (environment: Environment, end: () => void) => void): boolean {
    const environment = this.start();
    if (!environment) {
      this.throttled++;
      return false;
    }
    const { clock, random } = this.account.world;
    const begun = clock.now;
    const coldStart = environment.isNew ? LATENCIES.coldStart.longestOf(1, random) : 0;
    clock.after(coldStart + LATENCIES.invocation.longestOf(1, random), () => {
      work(environment.value, () => {
        this.running--;
        this.account.running--;
        this.account.usage.used += (clock.now - begun) / 1000;
        this.idle.push(environment.value);
      });
    });
    return true;
  }

  private start(): { readonly value: Environment; readonly isNew: boolean } | undefined {
    const { account } = this;
    if (account.running >= account.quota) return void account.usage.refused++;
    if (this.running >= this.reserved) return undefined;
    const idle = this.idle.pop();
    if (!idle && !this.scaling.take()) return undefined;
    this.running++;
    account.running++;
    this.invocations++;
    return { value: idle ?? { retryTokens: RETRY_TOKENS }, isNew: !idle };
  }
}
