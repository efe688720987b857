import type { Context } from 'aws-lambda';
import type { Caller, World } from './network';
import { clockError } from './runtime';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Makes a function's process: loads its code anew. */
export type Load = (caller: Caller) => Handler;

/** What an invocation came to. */
export type Done = (result: { readonly value?: unknown; readonly error?: string }) => void;

/** Clocks of machines differ by less than this. */
const MOST_WRONG_MS = 5 * 60_000;

/** One execution environment of a function: one invocation at a time, and what the module remembers in between. */
class Process implements Caller {
  isDead = false;
  private done?: Done;
  private readonly handler: Handler;
  private readonly clockError: number;
  private count = 0;

  constructor(readonly name: string, load: Load, private readonly world: World, private readonly timeout: number) {
    this.handler = load(this);
    const site = `${name}: clock`;
    this.clockError = world.faults.at(site) ? world.chances.of(site).below(2 * MOST_WRONG_MS) - MOST_WRONG_MS : 0;
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
    const answer = clockError.run(this.clockError, () => this.handler(event, context));
    void answer.then((value) => { this.end({ value }); }, (error: Error) => { this.end({ error: error.name }); });
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

/** A Lambda function: as many processes as there are invocations at once. */
export class SimulatedFunction {
  invocations = 0;
  private readonly idle: Process[] = [];

  constructor(readonly name: string, private readonly load: Load, private readonly world: World, readonly timeout: number) {}

  invoke(event: unknown, done: Done): void {
    this.invocations++;
    const process = this.idle.pop() ?? new Process(this.name, this.load, this.world, this.timeout);
    process.run(event, (result) => {
      if (!process.isDead) this.idle.push(process);
      this.world.trace.add(this.world.clock.now, `${this.name} ${result.error ?? 'ended'}`);
      done(result);
    });
  }
}
