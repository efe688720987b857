import { resolveSkipped, isKnown, isNext, addPending, pendingInSequence, advanceSequence, wasSkipped } from './command-sequence';
import { decideCommand, pendingUntil } from './decide-command';
import { refuse, withoutEvent, withEvent, type Decision, type LifecycleSettings } from './decision';
import type { OrderItem } from './order-item';
import { fromPending, type SequencedCommand, type PendingCommand } from './sequenced-command';
import { withIndexKeys } from './with-index-keys';
import { EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { expiredOrder } from '../events/rejection';

/**
 * The next thing to write for an order: what it waited for first, then what is next in line, and last the command that has just
 * arrived, which is decided if it is its turn and parked if it is not. One command a step, so that every write has one outcome.
 *
 * @returns undefined when there is nothing to do: the command was known, and nothing parked has its turn.
 */
export function nextStep(item: OrderItem | undefined, arrived: SequencedCommand | undefined, now: Date, settings: LifecycleSettings): Decision | undefined {
  const decision = nextPending(item, now, settings) ?? applyArrived(item, arrived, now, settings);
  return decision && { ...decision, item: withIndexKeys(decision.item, now) };
}

/** The first parked command whose turn has come. Commands that waited for the order had their turn before all others. */
function nextPending(item: OrderItem | undefined, now: Date, settings: LifecycleSettings): Decision | undefined {
  for (const [sequence, pending] of pendingInSequence(item)) {
    const isWaiting = sequence <= item!.sequence;
    if (isWaiting ? item!.status !== 'AWAITED' : isNext(item, { sequence, previousAt: pending.previousAt }, now)) {
      return pending.isExpired
        ? withoutEvent(advanceSequence(item, item!.orderId, sequence), { sequence }, 'ExpiredCommandSkipped')
        : decideCommand(item, fromPending(pending, item!.orderId, sequence), now, settings);
    }
    if (!isWaiting) return undefined;
  }
  return undefined;
}

function applyArrived(item: OrderItem | undefined, arrived: SequencedCommand | undefined, now: Date, settings: LifecycleSettings): Decision | undefined {
  if (!arrived || isKnown(item, arrived)) return undefined;
  if (item && wasSkipped(item, arrived)) return expire(resolveSkipped(item, arrived), arrived, now);
  if (isNext(item, arrived, now)) return decideCommand(item, arrived, now, settings);
  return withoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived, 'CommandPending');
}

/** The refusal of the first parked command that has waited for too long, if there is one. */
export function nextExpiry(item: OrderItem, now: Date): Decision | undefined {
  const due = pendingInSequence(item).find(([, { until, isExpired }]) => !isExpired && until * 1000 <= now.getTime());
  if (!due) return undefined;
  const decision = due[0] <= item.sequence ? expireWaiting(item, due, now) : expireAhead(item, due, now);
  return { ...decision, item: withIndexKeys(decision.item, now) };
}

/** The order never came. */
const expireWaiting = (item: OrderItem, [sequence, pending]: [number, PendingCommand], now: Date): Decision =>
  refuse(advanceSequence(item, item.orderId, sequence), fromPending(pending, item.orderId, sequence), REFUSAL_CODE.ORDER_NOT_FOUND, now);

/** An earlier command never came. When it does, the line passes over this one, which stays as a mark without its contents. */
function expireAhead(item: OrderItem, [sequence, pending]: [number, PendingCommand], now: Date): Decision {
  const mark = { ...pending, data: {}, isExpired: true } as PendingCommand;
  return expire({ ...item, pending: { ...item.pending, [sequence]: mark } }, fromPending(pending, item.orderId, sequence), now);
}

/** The answer to a command that the line goes on without. */
function expire(item: OrderItem, command: SequencedCommand, now: Date): Decision {
  switch (command.type) {
    case 'RejectOrder': return withoutEvent(item, command, 'RejectionOutdated');
    case 'PlaceOrder': return withEvent(item, command, EVENT_TYPE.ORDER_REJECTED, { ...expiredOrder() }, now);
    default: return refuse(item, command, REFUSAL_CODE.EXPIRED, now);
  }
}
