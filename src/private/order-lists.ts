import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ORDER_LISTS } from './contract';
import { grantOrdersTableAccess } from './grants';
import { setEnv } from './set-env';
import type { ValidationError } from './validate';
import { OrderListKey, type OrderListOptions } from '../order-list-key';

/** What the lists of a table depend on. */
interface OrderListProps extends OrderListOptions {
  readonly ordersTable: ITableV2;
}

const ALL_KEYS: readonly OrderListKey[] = Object.values(OrderListKey);

/** By what the tables of orders can be listed that an `OrderProcessor` has. */
const KEYS_OF_TABLES = new WeakMap<ITableV2, readonly OrderListKey[]>();

/** The keys of lists, in the sequence in which the table has their indexes. */
export const listKeysOf = ({ listOrdersBy, ordersTable }: OrderListOptions & Partial<OrderListProps>): OrderListKey[] => {
  const keys = listOrdersBy ?? (ordersTable && KEYS_OF_TABLES.get(ordersTable)) ?? ALL_KEYS;
  return ALL_KEYS.filter((key) => keys.includes(key));
};

/** Remembers by what a table can be listed, for the constructs that read it. */
export function setListKeys(table: ITableV2, options: OrderListOptions): void {
  KEYS_OF_TABLES.set(table, listKeysOf(options));
}

/** Grants a handler to read orders and to list them by the given keys; it refuses other lists. */
export function grantListOrders(handler: LambdaFunction, props: OrderListProps): void {
  const keys = listKeysOf(props);
  grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:GetItem']);
  if (keys.length > 0) grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:Query'], ...keys.map((key) => ORDER_LISTS[key].indexName));
  if (keys.length < ALL_KEYS.length) setEnv(handler, 'LIST_KEYS', keys.join(',') || 'none');
}

/** Validates the keys of lists, and that the table has their indexes. */
export function validateListKeys({ listOrdersBy = [], ordersTable }: OrderListOptions & Partial<OrderListProps>): ValidationError[] {
  const existing = (ordersTable && KEYS_OF_TABLES.get(ordersTable)) ?? ALL_KEYS;
  const missing = listOrdersBy.filter((key) => !existing.includes(key)).map(nameOf);
  return [
    new Set(listOrdersBy).size < listOrdersBy.length ? `\`listOrdersBy\` must have each key once, got ${listOrdersBy.map(nameOf).join(', ')}` : undefined,
    missing.length > 0 ? `\`listOrdersBy\` must be keys of \`ordersTable\`, which has no index for ${missing.join(', ')}; add them to \`listOrdersBy\` of OrderProcessor` : undefined,
  ];
}

/** Validates that orders can be listed by their customer, as live updates of a customer do. */
export const needsListByCustomer = (ordersTable: ITableV2): ValidationError =>
  (listKeysOf({ ordersTable }).includes(OrderListKey.CUSTOMER)
    ? undefined
    : '`listOrdersBy` of OrderProcessor must have OrderListKey.CUSTOMER for live updates, which show the orders of a customer');

const nameOf = (key: OrderListKey): string => `OrderListKey.${Object.entries(OrderListKey).find(([, value]) => value === key)![0]}`;
