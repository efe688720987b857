import type { OrderItem } from '../lifecycle/order-item';

/** What a client sees of an item: the order and its state, without the bookkeeping. */
export function orderView(item: OrderItem): Record<string, unknown> {
  const { revision, sequence, pending, skipped, outcome, listKey, statusShard, pendingShard, pendingUntil, expiresAt, ...rest } = item;
  const { placement, visibleUntil, ...view } = { placement: undefined, visibleUntil: undefined, ...rest };
  return view;
}

/** Whether clients are shown an item: not one of which only commands are known, nor the memory of a rejection after its time. */
export const isVisible = (item: OrderItem | undefined, now: Date): item is OrderItem =>
  item !== undefined && item.status !== 'AWAITED' && (item.status !== 'REJECTED' || item.visibleUntil * 1000 > now.getTime());

/** Whether an item has expired: DynamoDB deletes it some time later, up to days. */
export const isExpired = (item: object, now: Date): boolean => 'expiresAt' in item && Number(item.expiresAt) * 1000 <= now.getTime();
