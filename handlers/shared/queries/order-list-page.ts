import { ORDER_KEY, ORDER_SUMMARY, ORDERS_BY_CUSTOMER } from '../../../src/private/contract';
import type { OrderItem } from '../lifecycle/order-item';

/** An order as an index has it: what a list shows of it, and its place in the list. */
export type IndexedOrder = OrderItem & { readonly listKey: string };

/** What was read of one part of an index, newest first. */
export interface OrderSlice {
  readonly orders: readonly IndexedOrder[];
  /** The list key up to which it was read; undefined when it was read to its end. */
  readonly readTo?: string;
}

/** Some orders, newest first, and where the page ends, if orders may follow. */
export interface OrderPage {
  readonly orders: readonly IndexedOrder[];
  readonly next?: string;
}

/**
 * Makes one page of slices. Beyond the point to which a slice was read there may be orders of it between those of the others, so the
 * page ends there at the latest.
 */
export function mergeSlices(slices: readonly OrderSlice[], limit: number): OrderPage {
  const end = slices.flatMap(({ readTo }) => readTo ?? []).sort().at(-1);
  const sure = slices.flatMap(({ orders }) => orders).filter(({ listKey }) => end === undefined || listKey >= end).sort(newestFirst);
  const orders = sure.slice(0, limit);
  return { orders, next: sure.length > limit ? orders.at(-1)!.listKey : end };
}

/** As DynamoDB compares keys; `localeCompare` has its own view of upper case, `_` and `-`. */
const newestFirst = (one: IndexedOrder, other: IndexedOrder): number => (one.listKey < other.listKey ? 1 : -1);

/** What a list shows of an order, whatever more the index has. A rejected one has no total, and may have no customer. */
export function orderSummary(order: IndexedOrder): Record<string, unknown> {
  const attributes = order as unknown as Record<string, unknown>;
  const names = new Set<string>([ORDER_KEY, ORDERS_BY_CUSTOMER.partitionKey, ...ORDER_SUMMARY]);
  return Object.fromEntries([...names].filter((name) => attributes[name] !== undefined).map((name) => [name, attributes[name]]));
}
