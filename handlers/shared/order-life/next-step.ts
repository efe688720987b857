import { expiredOrder } from '../rejection';
import { decideCommand, parkedUntil } from './decide-command';
import { refuse, silent, telling, type Decision, type LifeSettings } from './decision';
import { fromParked, type LifeCommand, type ParkedCommand } from './life-command';
import type { OrderItem } from './order-item';
import { answerSkipped, isKnown, isNext, keepParked, parkedInOrder, passTurn, wasSkipped } from './order-line';
import { seal } from './seal-item';
import { EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';

/**
 * The next thing to write for an order: what it waited for first, then what is next in line, and last the command that has just
 * arrived, which is decided if it is its turn and parked if it is not. One command a step, so that every write has one outcome.
 *
 * @returns undefined when there is nothing to do: the command was known, and nothing parked has its turn.
 */
export function nextStep(item: OrderItem | undefined, arrived: LifeCommand | undefined, now: Date, settings: LifeSettings): Decision | undefined {
  const decision = nextParked(item, now, settings) ?? takeIn(item, arrived, now, settings);
  return decision && { ...decision, item: seal(decision.item, now) };
}

/** The first parked command whose turn has come. Commands that waited for the order had their turn before all others. */
function nextParked(item: OrderItem | undefined, now: Date, settings: LifeSettings): Decision | undefined {
  for (const [sequence, parked] of parkedInOrder(item)) {
    const isWaiting = sequence <= item!.sequence;
    if (isWaiting ? item!.status !== 'AWAITED' : isNext(item, { sequence, previousAt: parked.previousAt }, now)) {
      return parked.isExpired
        ? silent(passTurn(item, item!.orderId, sequence), { sequence }, 'ExpiredCommandPassed')
        : decideCommand(item, fromParked(parked, item!.orderId, sequence), now, settings);
    }
    if (!isWaiting) return undefined;
  }
  return undefined;
}

function takeIn(item: OrderItem | undefined, arrived: LifeCommand | undefined, now: Date, settings: LifeSettings): Decision | undefined {
  if (!arrived || isKnown(item, arrived)) return undefined;
  if (item && wasSkipped(item, arrived)) return expire(answerSkipped(item, arrived), arrived, now);
  if (isNext(item, arrived, now)) return decideCommand(item, arrived, now, settings);
  return silent(keepParked(item, arrived, parkedUntil(now, settings)), arrived, 'CommandParked');
}

/** The refusal of the first parked command that has waited for too long, if there is one. */
export function nextExpiry(item: OrderItem, now: Date): Decision | undefined {
  const due = parkedInOrder(item).find(([, { until, isExpired }]) => !isExpired && until * 1000 <= now.getTime());
  if (!due) return undefined;
  const decision = due[0] <= item.sequence ? expireWaiting(item, due, now) : expireAhead(item, due, now);
  return { ...decision, item: seal(decision.item, now) };
}

/** The order never came. */
const expireWaiting = (item: OrderItem, [sequence, parked]: [number, ParkedCommand], now: Date): Decision =>
  refuse(passTurn(item, item.orderId, sequence), fromParked(parked, item.orderId, sequence), REFUSAL_CODE.ORDER_NOT_FOUND, now);

/** An earlier command never came. When it does, the line passes over this one, which stays as a mark without its contents. */
function expireAhead(item: OrderItem, [sequence, parked]: [number, ParkedCommand], now: Date): Decision {
  const mark = { ...parked, data: {}, isExpired: true } as ParkedCommand;
  return expire({ ...item, parked: { ...item.parked, [sequence]: mark } }, fromParked(parked, item.orderId, sequence), now);
}

/** The answer to a command that the line goes on without. */
function expire(item: OrderItem, command: LifeCommand, now: Date): Decision {
  switch (command.type) {
    case 'RejectOrder': return silent(item, command, 'RejectionOutdated');
    case 'PlaceOrder': return telling(item, command, EVENT_TYPE.ORDER_REJECTED, { ...expiredOrder() }, now);
    default: return refuse(item, command, REFUSAL_CODE.EXPIRED, now);
  }
}
