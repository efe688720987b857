import type { Account } from './account';
import type { RuleSettings } from './deployment';
import type { World } from './requests';

const FUNCTION = 'expire-pending-commands';
/** The delay before Lambda's first retry of an asynchronous invocation; before the second it is twice as long. */
const RETRY_MS = 60_000;

/** The schedule that invokes `expire-pending-commands`. Invocations without an expired command are left out. */
export class ExpirySchedule {
  /** In milliseconds; undefined where no rule invokes the function. */
  private readonly interval?: number;
  private isRunning = false;
  /** The time at which the first pending command expires, as of so many writes. */
  private first = Infinity;
  private writes = 0;

  constructor(private readonly world: World, private readonly account: Account) {
    const isForFunction = ({ targets }: RuleSettings) => targets.some(({ functionName }) => functionName === FUNCTION);
    this.interval = Object.values(account.deployment.rules).find(isForFunction)?.interval;
  }

  /** The time of the next invocation with an expired command; Infinity if no command is pending. */
  get next(): number {
    if (this.isRunning || this.interval === undefined) return Infinity;
    const { OrdersTable: orders } = this.account.tables;
    if (orders.writes.length !== this.writes) {
      this.writes = orders.writes.length;
      this.first = Math.min(...[...orders.items.values()].map(({ pendingUntil }) => (typeof pendingUntil === 'number' ? pendingUntil * 1000 : Infinity)));
    }
    if (this.first === Infinity) return Infinity;
    const from = Math.max(this.first, this.world.clock.now);
    return (Math.floor(from / this.interval) + 1) * this.interval;
  }

  run(time: number): void {
    this.world.clock.now = time;
    this.isRunning = true;
    this.invoke(0);
  }

  /** Lambda retries an asynchronous invocation that failed, then sends it to the function's destination for failures. */
  private invoke(retries: number): void {
    const { functions, queues, deployment } = this.account;
    const { asyncRetries, onFailure } = deployment.functions[FUNCTION];
    functions[FUNCTION].invoke({}, ({ error }) => {
      if (error !== undefined && retries < asyncRetries) return this.world.clock.after((retries + 1) * RETRY_MS, () => { this.invoke(retries + 1); });
      this.isRunning = false;
      if (error === undefined || onFailure === undefined) return;
      queues[onFailure].send({ MessageBody: JSON.stringify({ requestContext: { condition: 'RetriesExhausted' }, requestPayload: {} }) });
    });
  }
}
