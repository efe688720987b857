import { duplicateOrderId } from '../rejection';
import { applyCancellation, applyChange, applyFulfillment, placeOrder, rejectOrder } from './apply-command';
import { refuse, silent, telling, type Decision, type LifeSettings } from './decision';
import type { LifeCommand } from './life-command';
import { statusOf, type OrderItem, type PlacedItem } from './order-item';
import { hasRoomToWait, keepWaiting, passTurn } from './order-line';
import { ORDER_STATES } from './order-states';
import { EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';

/** What a command does whose turn it is. Everything follows from the item, the command and the time. */
export function decideCommand(item: OrderItem | undefined, command: LifeCommand, now: Date, settings: LifeSettings): Decision {
  const line = passTurn(item, command.orderId, command.sequence);
  const transition = ORDER_STATES[statusOf(item)][command.type];
  switch (transition.kind) {
    case 'wait': return wait(item, line, command, now, settings);
    case 'repeat': return silent(line, command, `${command.type}Repeated`);
    case 'keep': return silent(line, command, 'RejectionOutdated');
    case 'compare': return compare(line as PlacedItem, command as Extract<LifeCommand, { type: 'PlaceOrder' }>, now);
    case 'refuse': return refuse(line, command, transition.code, now);
    case 'to': return apply(line, command, now, settings);
  }
}

/** The order may yet come. A command that was parked before keeps its time. */
function wait(item: OrderItem | undefined, line: OrderItem, command: LifeCommand, now: Date, settings: LifeSettings): Decision {
  if (!hasRoomToWait(line, command)) return refuse(line, command, REFUSAL_CODE.TOO_MUCH_WAITING, now);
  const until = item?.parked?.[command.sequence]?.until ?? parkedUntil(now, settings);
  return silent(keepWaiting(line, command, until), command, 'CommandWaits');
}

/** The id is taken: by this very order, which then was placed again, or by another. */
function compare(item: PlacedItem, command: Extract<LifeCommand, { type: 'PlaceOrder' }>, now: Date): Decision {
  if (item.placement.fingerprint === command.data.fingerprint) return silent(item, command, 'OrderRepeated');
  return telling(item, command, EVENT_TYPE.ORDER_REJECTED, { ...duplicateOrderId() }, now);
}

function apply(line: OrderItem, command: LifeCommand, now: Date, settings: LifeSettings): Decision {
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
export const parkedUntil = (now: Date, { parkedCommandRetention }: LifeSettings): number => Math.floor(now.getTime() / 1000) + parkedCommandRetention;
