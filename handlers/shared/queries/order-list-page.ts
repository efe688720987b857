import { ORDER_SUMMARY } from '../../../src/private/contract';
import type { OrderItem } from '../commands/order-item';
import { identityOf } from '../orders/order-identity';

/** An order in an index: the attributes that a list shows, and its sort key. */
export type IndexedOrder = OrderItem & { readonly listKey: string };

/** The orders read from one partition of an index, newest first. */
export interface PartitionPage {
  readonly orders: readonly IndexedOrder[];
  /** The last list key that was read; undefined if the partition was read to its end. */
  readonly readTo?: string;
}

/** A page of orders, newest first, and its last list key if more orders may follow. */
export interface OrderPage {
  readonly orders: readonly IndexedOrder[];
  readonly next?: string;
}

/**
 * Merges partitions into one page. After the last key read from a partition, it may have more orders between those of the others, so the
 * page ends there at the latest.
 */
export function mergePartitions(partitions: readonly PartitionPage[], limit: number): OrderPage {
  const end = partitions.flatMap(({ readTo }) => readTo ?? []).sort().at(-1);
  const complete = partitions.flatMap(({ orders }) => orders).filter(({ listKey }) => end === undefined || listKey >= end).sort(newestFirst);
  const orders = complete.slice(0, limit);
  return { orders, next: complete.length > limit ? orders.at(-1)!.listKey : end };
}

/** Compares keys like DynamoDB; `localeCompare` orders upper case, `_` and `-` differently. */
const newestFirst = (one: IndexedOrder, other: IndexedOrder): number => (one.listKey < other.listKey ? 1 : -1);

/** Returns an order as a list shows it. A rejected order has no total, and may have no customer. */
export function orderSummary(order: IndexedOrder): Record<string, unknown> {
  const attributes = order as unknown as Record<string, unknown>;
  const shown = ORDER_SUMMARY.filter((name) => attributes[name] !== undefined).map((name) => [name, attributes[name]]);
  return { ...identityOf(order.orderId), ...Object.fromEntries(shown) };
}
