import { setTimeout as sleep } from 'node:timers/promises';
import type { ItemWrite } from './item-write';
import { nextExpiry, nextWrite } from './next-write';
import type { LifecycleSettings } from '../commands/command-definition';
import type { OrderItem } from '../commands/order-item';
import type { SequencedCommand } from '../commands/sequenced-command';
import { RetryableError } from '../messaging/errors';
import type { Outcome } from '../telemetry/outcome';

/** Stores orders. */
export interface OrderStore {
  /** Reads an order, strongly consistent. */
  readonly load: (orderId: string) => Promise<OrderItem | undefined>;
  /**
   * Writes an item on the condition that the stored one has the previous revision, or that none is stored before the first.
   *
   * @returns whether it was written, else the stored item.
   */
  readonly write: (item: OrderItem) => Promise<{ readonly written: true } | { readonly written: false; readonly current: OrderItem | undefined }>;
}

/** Conflicts with other writers, after each of which the write is computed again. The pause before that grows. */
const MAX_CONFLICTS = 40;
const PAUSE_MS = 5;

/**
 * Applies a command if it is next in sequence, and then all pending commands that it unblocks. Otherwise, the command becomes pending.
 *
 * @returns the outcome of the command itself.
 * @throws RetryableError after too many write conflicts, or when the command cannot become pending for lack of capacity.
 */
export async function applyInSequence(command: SequencedCommand, store: OrderStore, settings: LifecycleSettings): Promise<Outcome> {
  // Most commands place an order, and most orders are new: the first write needs no read.
  const known = command.type === 'PlaceOrder' && command.sequence === 1 ? undefined : await store.load(command.orderId);
  const writes = await writeAll(known, store, (item) => nextWrite(item, command, new Date(), settings));
  const own = writes.findLast(({ command: { sequence } }) => sequence === command.sequence);
  const { orderId, commandId, correlationId } = command;
  return { ...(own ? outcomeOfWrite(own) : { outcome: 'CommandRedelivered' }), orderId, commandId, correlationId };
}

/** The outcome of a write. If the write has an event, publishing the event from the table's stream counts it. */
const outcomeOfWrite = ({ outcome, reason, item }: ItemWrite): Outcome =>
  ({ outcome, ...(reason ? { reason } : {}), ...(item.outcome ? { isCounted: false } : {}) });

/**
 * Refuses the expired pending commands of an order, after it applied those that can be applied.
 *
 * @returns the outcomes.
 */
export async function expirePending(item: OrderItem | undefined, store: OrderStore, settings: LifecycleSettings): Promise<Outcome[]> {
  const next = (current: OrderItem | undefined) =>
    nextWrite(current, undefined, new Date(), settings) ?? (current && nextExpiry(current, new Date()));
  return (await writeAll(item, store, next)).map(outcomeOfWrite);
}

/** Computes the next write and stores it, until nothing is left to write. */
async function writeAll(
  known: OrderItem | undefined, store: OrderStore, next: (item: OrderItem | undefined) => ItemWrite | undefined,
): Promise<readonly ItemWrite[]> {
  const writes: ItemWrite[] = [];
  let item = known;
  for (let conflicts = 0; ;) {
    const write = next(item);
    if (!write) return writes;
    const answer = await store.write(write.item);
    if (answer.written) {
      writes.push(write);
      item = write.item;
    } else {
      if (++conflicts > MAX_CONFLICTS) throw new RetryableError('OrderContended', 'too many write conflicts on the order');
      await sleep(Math.random() * PAUSE_MS * Math.min(conflicts, 20));
      item = answer.current;
    }
  }
}
