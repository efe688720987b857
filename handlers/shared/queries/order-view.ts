import { fulfillmentView } from './fulfillment-view';
import { pendingConfirmation } from '../commands/confirmation-state';
import { isPlaced, type OrderItem } from '../commands/order-item';
import { identityOf } from '../orders/order-identity';

/** Returns an order as the API shows it, without internal attributes. */
export function orderView(item: OrderItem): Record<string, unknown> {
  const { revision, sequence, pending, gaps, outcome, fileOutcome, ...withKeys } = item;
  const { listKey, customerShard, statusShard, externalReferenceKey, pendingShard, pendingUntil, expiresAt, ...rest } = withKeys;
  const { placement, visibleUntil, confirmation, orderId: key, ...view } = { placement: undefined, visibleUntil: undefined, ...rest };
  const pendingView = item.status === 'PENDING' ? { confirmation: pendingConfirmation(confirmation!) } : {};
  return { ...identityOf(key), ...view, ...pendingView, ...(isPlaced(item) ? fulfillmentView(item) : {}) };
}

/** Returns whether clients can see an item: neither an order with only pending commands, nor a rejection after its retention period. */
export const isVisible = (item: OrderItem | undefined, now: Date): item is OrderItem =>
  item !== undefined && item.status !== 'AWAITED' && (item.status !== 'REJECTED' || item.visibleUntil * 1000 > now.getTime());

/** Returns whether an item has expired. DynamoDB deletes it up to a few days later. */
export const isPastTimeToLive = (item: object, now: Date): boolean => 'expiresAt' in item && Number(item.expiresAt) * 1000 <= now.getTime();
