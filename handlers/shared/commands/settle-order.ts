import { nextVersion, sequenceOf, type LifecycleSettings } from './command-definition';
import { factsIn, type OrderItem, type PlacedItem, type RejectedItem } from './order-item';
import type { Rejection } from './rejection';
import { CONFIRMATION_DECISION, EVENT_TYPE, type EventType } from '../../../src/private/contract';

/** An order after it was decided, and the event that publishes it. */
export interface SettledOrder {
  readonly item: OrderItem;
  readonly data: object;
  readonly done: EventType;
}

/** Confirms a pending order. */
export const confirmOrder = (item: PlacedItem, now: Date): SettledOrder => ({
  item: { ...item, status: 'CONFIRMED', confirmation: { ...item.confirmation!, decision: CONFIRMATION_DECISION.CONFIRM }, ...nextVersion(item, now) },
  data: {},
  done: EVENT_TYPE.ORDER_CONFIRMED,
});

/** Rejects a pending order. As after any other rejection, the order can be placed again with the same id. */
export function rejectPendingOrder(
  item: PlacedItem, rejection: Rejection, now: Date, { rejectedOrderRetention }: LifecycleSettings,
): SettledOrder {
  const rejected: RejectedItem = {
    ...factsIn(item),
    ...sequenceOf(item),
    status: 'REJECTED',
    version: 0,
    rejection,
    createdAt: item.createdAt,
    updatedAt: now.toISOString(),
    visibleUntil: Math.floor(now.getTime() / 1000) + rejectedOrderRetention,
    confirmation: { ...item.confirmation!, decision: CONFIRMATION_DECISION.REJECT },
  };
  return { item: rejected, data: rejection, done: EVENT_TYPE.ORDER_REJECTED };
}
