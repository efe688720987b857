import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision, LifecycleSettings } from './decision';
import { nextExpiry, nextStep } from './next-step';
import type { OrderItem } from './order-item';
import type { SequencedCommand } from './sequenced-command';
import { RetryableError } from '../messaging/retryable-error';
import type { Outcome } from '../telemetry/telemetry';

/** Where orders are kept. */
export interface OrderStore {
  /** Reads an order as it stands after every write that was answered. */
  readonly load: (orderId: string) => Promise<OrderItem | undefined>;
  /**
   * Writes an item if the one that is there has the revision before, or if there is none before the first.
   *
   * @returns whether it was written, else the item that stands in the way.
   */
  readonly write: (item: OrderItem) => Promise<{ readonly written: true } | { readonly written: false; readonly current: OrderItem | undefined }>;
}

/** Others write, too. Each time they did, the decision is made anew; so often at most, with a pause that grows. */
const MAX_CONFLICTS = 40;
const PAUSE_MS = 5;

/**
 * Lets a command take its turn, and with it everything that waited for it.
 *
 * @returns what became of the command itself.
 * @throws RetryableError when too many others write the same order, or there is no room to park the command.
 */
export async function applyInSequence(command: SequencedCommand, store: OrderStore, settings: LifecycleSettings): Promise<Outcome> {
  // Most commands place an order, and most orders are new: that is tried without looking first.
  const known = command.type === 'PlaceOrder' && command.sequence === 1 ? undefined : await store.load(command.orderId);
  const decisions = await stepByStep(known, store, (item) => nextStep(item, command, new Date(), settings));
  const own = decisions.findLast(({ command: { sequence } }) => sequence === command.sequence);
  const { orderId, commandId, correlationId } = command;
  return { ...(own ? reportOf(own) : { outcome: 'CommandRedelivered' }), orderId, commandId, correlationId };
}

/** A decision for the log. One that is told from the table's stream is counted there, once, whoever drew it from the line. */
const reportOf = ({ outcome, reason, item }: Decision): Outcome =>
  ({ outcome, ...(reason ? { reason } : {}), ...(item.outcome ? { isCounted: false } : {}) });

/**
 * Refuses every parked command of an order that has expired, after those had their turn that can have it.
 *
 * @returns what was decided.
 */
export async function expirePending(item: OrderItem | undefined, store: OrderStore, settings: LifecycleSettings): Promise<Outcome[]> {
  const decide = (current: OrderItem | undefined) =>
    nextStep(current, undefined, new Date(), settings) ?? (current && nextExpiry(current, new Date()));
  return (await stepByStep(item, store, decide)).map(reportOf);
}

/** Decides and writes until there is nothing more to do. */
async function stepByStep(
  known: OrderItem | undefined, store: OrderStore, decide: (item: OrderItem | undefined) => Decision | undefined,
): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  let item = known;
  for (let conflicts = 0; ;) {
    const decision = decide(item);
    if (!decision) return decisions;
    const answer = await store.write(decision.item);
    if (answer.written) {
      decisions.push(decision);
      item = decision.item;
    } else {
      if (++conflicts > MAX_CONFLICTS) throw new RetryableError('OrderContended', 'too many others write the same order');
      await sleep(Math.random() * PAUSE_MS * Math.min(conflicts, 20));
      item = answer.current;
    }
  }
}
