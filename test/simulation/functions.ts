import type { Context } from 'aws-lambda';
import type { Caller, World } from './requests';
import { clockError } from './runtime';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Loads a function's code for a new process. */
export type Load = (caller: Caller) => Handler;

/** Takes the result of an invocation. */
export type Done = (result: { readonly value?: unknown; readonly error?: string }) => void;

/** The maximum error of a machine's clock. */
export const MAX_CLOCK_ERROR_MS = 5 * 60_000;

/** One execution environment of a function: one invocation at a time, with the state of the module in between. */
class Process implements Caller {
  isDead = false;
  private done?: Done;
  private readonly handler: Handler;
  private readonly clockError: number;
  private count = 0;

  constructor(readonly name: string, load: Load, private readonly world: World, private readonly timeout: number) {
    this.handler = load(this);
    const site = `${name}: clock`;
    this.clockError = world.faults.at(site) ? world.randomStreams.of(site).below(2 * MAX_CLOCK_ERROR_MS) - MAX_CLOCK_ERROR_MS : 0;
  }

  run(event: unknown, done: Done): void {
    const { clock } = this.world;
    const deadline = clock.now + this.timeout;
    const count = ++this.count;
    this.done = done;
    clock.after(this.timeout, () => {
      if (this.done && this.count === count) this.crash('timed out');
    });
    const context = { getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now) } as Context;
    clock.hasWoken = true;
    const result = clockError.run(this.clockError, () => this.handler(event, context));
    void result.then((value) => { this.end({ value }); }, (error: Error) => { this.end({ error: error.name }); });
  }

  crash(reason: string): void {
    this.isDead = true;
    this.end({ error: reason });
  }

  private end(result: Parameters<Done>[0]): void {
    const { done } = this;
    this.done = undefined;
    done?.(result);
  }
}

/** A Lambda function, with one process for each concurrent invocation. */
export class SimulatedFunction {
  invocations = 0;
  private readonly idle: Process[] = [];

  constructor(readonly name: string, private readonly load: Load, private readonly world: World, readonly timeout: number) {}

  invoke(event: unknown, done: Done): void {
    if (this.world.faults.at(`${this.name}: invocation`)) return void this.world.clock.after(1, () => { done({ error: 'TooManyRequestsException' }); });
    this.invocations++;
    const process = this.idle.pop() ?? new Process(this.name, this.load, this.world, this.timeout);
    process.run(event, (result) => {
      if (!process.isDead) this.idle.push(process);
      this.world.trace.add(this.world.clock.now, `${this.name} ${result.error ?? 'ended'}`);
      done(result);
    });
  }
}
