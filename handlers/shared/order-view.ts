import type { OrderItem } from './order-item';

/** What a client sees of an item: the order and its state, without the bookkeeping. */
export function orderView(item: OrderItem): Record<string, unknown> {
  const { lastCommand, ...rest } = item;
  if (rest.status === 'REJECTED') {
    const { expiresAt, ...view } = rest;
    return view;
  }
  const { placement, ...view } = rest;
  return view;
}

/** Whether an item has expired: DynamoDB deletes it some time later, up to days. */
export const isExpired = (item: object, now: Date): boolean => 'expiresAt' in item && Number(item.expiresAt) * 1000 <= now.getTime();
