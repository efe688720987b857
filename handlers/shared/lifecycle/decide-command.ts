import { applyCancellation, applyChange, applyFulfillment, placeOrder, rejectOrder } from './apply-command';
import { hasPendingCapacity, addAwaitingOrder, advanceSequence } from './command-sequence';
import { refuse, withoutEvent, withEvent, type Decision, type LifecycleSettings } from './decision';
import { statusOf, type OrderItem, type PlacedItem } from './order-item';
import { ORDER_STATES } from './order-states';
import type { SequencedCommand } from './sequenced-command';
import { EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { duplicateOrderId } from '../events/rejection';

/** What a command does whose turn it is. Everything follows from the item, the command and the time. */
export function decideCommand(item: OrderItem | undefined, command: SequencedCommand, now: Date, settings: LifecycleSettings): Decision {
  const line = advanceSequence(item, command.orderId, command.sequence);
  const transition = ORDER_STATES[statusOf(item)][command.type];
  switch (transition.kind) {
    case 'wait': return wait(item, line, command, now, settings);
    case 'repeat': return withoutEvent(line, command, `${command.type}Repeated`);
    case 'keep': return withoutEvent(line, command, 'RejectionOutdated');
    case 'compare': return compare(line as PlacedItem, command as Extract<SequencedCommand, { type: 'PlaceOrder' }>, now);
    case 'refuse': return refuse(line, command, transition.code, now);
    case 'to': return apply(line, command, now, settings);
  }
}

/** The order may yet come. A command that was parked before keeps its time. */
function wait(item: OrderItem | undefined, line: OrderItem, command: SequencedCommand, now: Date, settings: LifecycleSettings): Decision {
  if (!hasPendingCapacity(line, command)) return refuse(line, command, REFUSAL_CODE.TOO_MANY_PENDING, now);
  const until = item?.pending?.[command.sequence]?.until ?? pendingUntil(now, settings);
  return withoutEvent(addAwaitingOrder(line, command, until), command, 'CommandAwaitsOrder');
}

/** The id is taken: by this very order, which then was placed again, or by another. */
function compare(item: PlacedItem, command: Extract<SequencedCommand, { type: 'PlaceOrder' }>, now: Date): Decision {
  if (item.placement.fingerprint === command.data.fingerprint) return withoutEvent(item, command, 'OrderRepeated');
  return withEvent(item, command, EVENT_TYPE.ORDER_REJECTED, { ...duplicateOrderId() }, now);
}

function apply(line: OrderItem, command: SequencedCommand, now: Date, settings: LifecycleSettings): Decision {
  const { expectedVersion = line.version } = 'expectedVersion' in command.data ? command.data : {};
  if (expectedVersion !== line.version) return refuse(line, command, REFUSAL_CODE.VERSION_MISMATCH, now);
  switch (command.type) {
    case 'PlaceOrder': return placeOrder(line, command, now);
    case 'RejectOrder': return rejectOrder(line, command, now, settings);
    case 'ChangeOrder': return applyChange(line as PlacedItem, command, now);
    case 'CancelOrder': return applyCancellation(line as PlacedItem, command, now);
    case 'FulfillOrder': return applyFulfillment(line as PlacedItem, command, now);
  }
}

/** When a command that is parked now expires, in Unix seconds. */
export const pendingUntil = (now: Date, { pendingCommandRetention }: LifecycleSettings): number => Math.floor(now.getTime() / 1000) + pendingCommandRetention;
