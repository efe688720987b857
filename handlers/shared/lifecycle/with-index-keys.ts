import { createHash } from 'node:crypto';
import { MAX_COMMAND_LIFETIME_MS, pendingInSequence } from './command-sequence';
import { INDEX_SHARDS } from '../../../src/private/contract';
import { isPlaced, type OrderItem } from '../commands/order-item';
import { identityOf, withTenant } from '../orders/order-identity';
import { CLOCK_SKEW_MS } from '../validation/assign-sequence';

/** Completes an item for its write: the next revision, the keys of the indexes, and the expiry time. */
export function withIndexKeys(item: OrderItem, now: Date): OrderItem {
  const live = [...pendingInSequence(item).filter(([, { isExpired }]) => !isExpired).map(([, { until }]) => until), ...deadlineOf(item)];
  const pendingUntil = live.length > 0 ? Math.min(...live) : undefined;
  const shard = shardOf(item.orderId);
  return {
    ...item,
    revision: item.revision + 1,
    ...listKeysOf(item, shard),
    pendingShard: pendingUntil === undefined ? undefined : String(shard),
    pendingUntil,
    expiresAt: expiryOf(item, pendingUntil, now),
  };
}

/** When a pending order is settled without a decision. */
const deadlineOf = ({ status, confirmation }: OrderItem): number[] => (status === 'PENDING' ? [confirmation!.until] : []);

type ListKeys = Pick<OrderItem, 'listKey' | 'customerShard' | 'statusShard' | 'externalReferenceKey'>;

/** The keys of lists, which are those of one tenant. Lists sort orders by the time at which they were placed, or else created; the id makes the key unique. */
function listKeysOf(item: OrderItem, shard: number): ListKeys {
  if (item.status === 'AWAITED') return { listKey: undefined, customerShard: undefined, statusShard: undefined, externalReferenceKey: undefined };
  const { createdAt, placedAt = createdAt, orderId: key, customerId, externalReference, status } = item;
  const { tenant, orderId } = identityOf(key);
  return {
    listKey: `${placedAt}#${orderId}`,
    customerShard: customerId === undefined ? undefined : shardKey(withTenant(tenant, customerId), shard),
    statusShard: shardKey(withTenant(tenant, status), shard),
    externalReferenceKey: externalReference === undefined ? undefined : withTenant(tenant, externalReference),
  };
}

/** The key of one shard of all orders that share a value. The number after the last `#` is the shard, whatever the value contains. */
export const shardKey = (value: string, shard: number): string => `${value}#${shard}`;

/** The shard of an order, which never changes. */
const shardOf = (orderId: string): number => createHash('sha256').update(orderId).digest()[0] % INDEX_SHARDS;

/**
 * An order that was placed does not expire. Any other item expires when none of its commands can be in flight any more and, by every clock,
 * the next command no longer waits for the last one.
 */
function expiryOf(item: OrderItem, pendingUntil: number | undefined, now: Date): number | undefined {
  if (isPlaced(item) || pendingUntil !== undefined) return undefined;
  const noLongerNeeded = Math.floor((now.getTime() + MAX_COMMAND_LIFETIME_MS + CLOCK_SKEW_MS) / 1000);
  return item.status === 'REJECTED' ? Math.max(item.visibleUntil, noLongerNeeded) : noLongerNeeded;
}
