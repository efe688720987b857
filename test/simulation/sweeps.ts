import type { Account } from './account';
import type { World } from './network';

const QUARTER_MS = 15 * 60_000;

/** The schedule that calls `expire-pending-commands` every quarter of an hour. Calls that would find nothing to do are left out. */
export class Sweeps {
  private isRunning = false;
  /** When the first parked command expires, as of so many writes. */
  private first = Infinity;
  private seen = 0;

  constructor(private readonly world: World, private readonly account: Account) {}

  /** When it is next worth while to call it; never, if nothing is parked. */
  get next(): number {
    if (this.isRunning) return Infinity;
    const { orders } = this.account.tables;
    if (orders.writes.length !== this.seen) {
      this.seen = orders.writes.length;
      this.first = Math.min(...[...orders.items.values()].map(({ pendingUntil }) => (typeof pendingUntil === 'number' ? pendingUntil * 1000 : Infinity)));
    }
    if (this.first === Infinity) return Infinity;
    const from = Math.max(this.first, this.world.clock.now);
    return (Math.floor(from / QUARTER_MS) + 1) * QUARTER_MS;
  }

  run(time: number): void {
    this.world.clock.now = time;
    this.isRunning = true;
    this.account.functions['expire-pending-commands'].invoke({}, () => { this.isRunning = false; });
  }
}
