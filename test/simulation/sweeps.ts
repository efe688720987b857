import type { Account } from './account';
import type { RuleSettings } from './deployment';
import type { World } from './network';

const FUNCTION = 'expire-pending-commands';
/** Before the first retry, and twice as long before the second. */
const RETRY_MS = 60_000;

/** The schedule that calls `expire-pending-commands` every quarter of an hour. Calls that would find nothing to do are left out. */
export class Sweeps {
  private isRunning = false;
  /** When the first parked command expires, as of so many writes. */
  private first = Infinity;
  private seen = 0;

  /** In milliseconds; undefined where no rule calls the function. */
  private readonly interval?: number;

  constructor(private readonly world: World, private readonly account: Account) {
    const isFor = ({ targets }: RuleSettings) => targets.some(({ functionName }) => functionName === FUNCTION);
    this.interval = Object.values(account.deployment.rules).find(isFor)?.interval;
  }

  /** When it is next worth while to call it; never, if nothing is parked. */
  get next(): number {
    if (this.isRunning || this.interval === undefined) return Infinity;
    const { OrdersTable: orders } = this.account.tables;
    if (orders.writes.length !== this.seen) {
      this.seen = orders.writes.length;
      this.first = Math.min(...[...orders.items.values()].map(({ pendingUntil }) => (typeof pendingUntil === 'number' ? pendingUntil * 1000 : Infinity)));
    }
    if (this.first === Infinity) return Infinity;
    const from = Math.max(this.first, this.world.clock.now);
    return (Math.floor(from / this.interval) + 1) * this.interval;
  }

  run(time: number): void {
    this.world.clock.now = time;
    this.isRunning = true;
    this.call(0);
  }

  /** Lambda retries an asynchronous invocation that failed, then sends it to the destination for failures. */
  private call(retries: number): void {
    const { functions, queues, deployment } = this.account;
    const { asyncRetries, onFailure } = deployment.functions[FUNCTION];
    functions[FUNCTION].invoke({}, ({ error }) => {
      if (error !== undefined && retries < asyncRetries) return this.world.clock.after((retries + 1) * RETRY_MS, () => { this.call(retries + 1); });
      this.isRunning = false;
      if (error !== undefined) queues[onFailure!]?.send({ MessageBody: JSON.stringify({ requestContext: { condition: 'RetriesExhausted' }, requestPayload: {} }) });
    });
  }
}
