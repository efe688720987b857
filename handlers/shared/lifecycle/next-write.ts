import { applyCommand, pendingUntil } from './apply-command';
import { addPending, advanceSequence, closeGap, isApplied, isInGap, isNext, pendingInSequence } from './command-sequence';
import { writeResult, writeWithoutEvent, type ItemWrite } from './item-write';
import { settleInTime } from './settle-in-time';
import { withIndexKeys } from './with-index-keys';
import { REFUSAL_CODE } from '../../../src/private/contract';
import type { LifecycleSettings } from '../commands/command-definition';
import type { OrderItem } from '../commands/order-item';
import { definitionOf } from '../commands/registry';
import { fromPending, type PendingCommand, type SequencedCommand } from '../commands/sequenced-command';

/**
 * The next write for an order. An order that was pending for too long is settled first; then pending commands that can be applied; then the command that has just arrived, which becomes
 * pending if it is not next in sequence. Each write is for one command, so that every write has at most one event.
 *
 * @returns undefined when there is nothing to write: the command is a duplicate, and no pending command can be applied.
 */
export function nextWrite(
  item: OrderItem | undefined, arrived: SequencedCommand | undefined, now: Date, settings: LifecycleSettings,
): ItemWrite | undefined {
  const write = settleInTime(item, now, settings) ?? applyNextPending(item, now, settings) ?? applyArrived(item, arrived, now, settings);
  return write && { ...write, item: withIndexKeys(write.item, now) };
}

/** Applies the first pending command that can be applied. Commands that waited for the order come before all others. */
function applyNextPending(item: OrderItem | undefined, now: Date, settings: LifecycleSettings): ItemWrite | undefined {
  for (const [sequence, pending] of pendingInSequence(item)) {
    const awaitsOrder = sequence <= item!.sequence;
    if (awaitsOrder ? item!.status !== 'AWAITED' : isNext(item, { sequence, previousAt: pending.previousAt }, now)) {
      return pending.isExpired
        ? writeWithoutEvent(advanceSequence(item, item!.orderId, sequence), { sequence }, 'ExpiredCommandSkipped')
        : applyCommand(item, fromPending(pending, item!.orderId, sequence), now, settings);
    }
    if (!awaitsOrder) return undefined;
  }
  return undefined;
}

function applyArrived(
  item: OrderItem | undefined, arrived: SequencedCommand | undefined, now: Date, settings: LifecycleSettings,
): ItemWrite | undefined {
  if (!arrived || isApplied(item, arrived)) return undefined;
  if (item && isInGap(item, arrived)) return expire(closeGap(item, arrived), arrived, now);
  if (isNext(item, arrived, now)) return applyCommand(item, arrived, now, settings);
  return writeWithoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived, 'CommandPending');
}

/** The write that refuses the first expired pending command, if there is one. */
export function nextExpiry(item: OrderItem, now: Date): ItemWrite | undefined {
  const due = pendingInSequence(item).find(([, { until, isExpired }]) => !isExpired && until * 1000 <= now.getTime());
  if (!due) return undefined;
  const write = due[0] <= item.sequence ? expireAwaitingOrder(item, due, now) : expireOutOfOrder(item, due, now);
  return { ...write, item: withIndexKeys(write.item, now) };
}

/** Refuses a command whose order was not placed. */
function expireAwaitingOrder(item: OrderItem, [sequence, pending]: [number, PendingCommand], now: Date): ItemWrite {
  const command = fromPending(pending, item.orderId, sequence);
  return writeResult(advanceSequence(item, item.orderId, sequence), command, { code: REFUSAL_CODE.ORDER_NOT_FOUND }, now);
}

/** Refuses a command whose predecessor did not arrive. It stays pending without its data, so that the sequence advances past it later. */
function expireOutOfOrder(item: OrderItem, [sequence, pending]: [number, PendingCommand], now: Date): ItemWrite {
  const expired: PendingCommand = { ...pending, data: {}, isExpired: true };
  return expire({ ...item, pending: { ...item.pending, [sequence]: expired } }, fromPending(pending, item.orderId, sequence), now);
}

const expire = (item: OrderItem, command: SequencedCommand, now: Date): ItemWrite =>
  writeResult(item, command, definitionOf(command.type).expire?.() ?? { code: REFUSAL_CODE.EXPIRED }, now);
