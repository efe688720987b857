import { mask, MASK } from './mask';
import { orderEvent } from './order-events';
import { readHistory } from './read-history';
import { listOrders } from '../../../handlers/aws/orders-index';
import { getOrder } from '../../../handlers/aws/orders-table';
import type { OrderItem } from '../../../handlers/shared/commands/order-item';
import { Problem } from '../../../handlers/shared/http/problem';
import { ORDER_ID_PATTERN } from '../../../handlers/shared/orders/ids';
import { identityOf, orderKey, type OrderIdentity } from '../../../handlers/shared/orders/order-identity';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';
import { orderListQuery } from '../../../handlers/shared/queries/order-list-query';
import { orderView } from '../../../handlers/shared/queries/order-view';
import { createPaginationToken } from '../../../handlers/shared/queries/pagination-token';
import type { DeadLetter, OrderDetails, OrderList, OrderSummary } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** Signs the cursors of lists. Operators may read the whole table, so it is not a secret. */
export const CURSOR_KEY = 'console';

/** A search for orders: by one of the keys, with a status beside a customer or an external reference. */
export interface OrderSearch {
  readonly orderId?: string;
  readonly customerId?: string;
  readonly status?: string;
  readonly externalReference?: string;
  readonly tenant?: string;
  readonly cursor?: string;
}

/**
 * Searches orders by their ID or by an index.
 *
 * @throws Problem 400 for a search that the pipeline has no index for.
 */
export async function searchOrders(search: OrderSearch, context: ConsoleContext): Promise<OrderList> {
  const { pipeline: { tables, listsBy }, showsContents } = context;
  const { tenant, orderId, cursor, customerId, status, externalReference } = search;
  const table = ordersTable(tables);
  assertTenantGiven(tenant, context);
  if (orderId !== undefined) {
    const item = await findOrder(table, { orderId, tenant });
    return { orders: item ? [orderSummary(item, showsContents)] : [] };
  }
  const queryStringParameters = { customerId, status, externalReference, nextToken: cursor };
  const given = Object.entries(queryStringParameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = orderListQuery({ queryStringParameters: Object.fromEntries(given) } as never, CURSOR_KEY, { tenant }, listsBy);
  const { orders, next } = await listOrders(table, query);
  return {
    orders: orders.map((order) => orderSummary(order, showsContents)),
    ...(next === undefined ? {} : { cursor: createPaginationToken(CURSOR_KEY, query.tokenScope, next) }),
  };
}

/**
 * Reads one order with its history.
 *
 * @throws Problem 404 for an order that is not stored and has no events.
 */
export async function readOrder(identity: OrderIdentity, deadLetters: readonly DeadLetter[], context: ConsoleContext): Promise<OrderDetails> {
  const { pipeline: { tables }, showsContents } = context;
  assertTenantGiven(identity.tenant, context);
  const key = orderKey(identity);
  const [item, records] = await Promise.all([
    findOrder(ordersTable(tables), identity), tables.history === undefined ? [] : readHistory(tables.history, key),
  ]);
  if (!item && records.length === 0 && deadLetters.length === 0) throw new Problem(404, 'order-not-found', `order ${identity.orderId} does not exist`);
  return {
    summary: item ? orderSummary(item, showsContents) : { ...identity, status: 'AWAITED' },
    masked: !showsContents,
    order: item ? shownOrder(item, showsContents) : {},
    timeline: records.map((record) => orderEvent(record, showsContents)),
    versions: versionsIn(records, showsContents),
    pendingCommands: pendingIn(item),
    deadLetters,
  };
}

/** Reads an order. Undefined for an ID that no order can have. */
export const findOrder = (table: string, identity: OrderIdentity): Promise<OrderItem | undefined> =>
  (ORDER_ID_PATTERN.test(identity.orderId) ? getOrder(table, orderKey(identity)) : Promise.resolve(undefined));

export function ordersTable({ orders }: ConsoleContext['pipeline']['tables']): string {
  if (orders === undefined) throw new Problem(404, 'no-orders-table', 'the name of the orders table is not in the template: it is imported from another stack by a token');
  return orders;
}

/** In a pipeline with tenants, an order is one of a tenant. */
export function assertTenantGiven(tenant: string | undefined, { pipeline: { hasTenants } }: Pick<ConsoleContext, 'pipeline'>): void {
  if (hasTenants && tenant === undefined) throw new Problem(400, 'tenant-required', 'the pipeline has tenants: give the tenant', [{ path: 'tenant', code: 'REQUIRED', message: 'is required' }]);
  if (!hasTenants && tenant !== undefined) throw new Problem(400, 'no-tenants', 'the pipeline has no tenants', [{ path: 'tenant', code: 'UNKNOWN', message: 'the pipeline has no tenants' }]);
}

/** Returns an order as a list shows it. */
export function orderSummary(item: OrderItem, showsContents: boolean): OrderSummary {
  const { status, version, customerId, total, currency, updatedAt, rejection } = item as OrderItem & {
    customerId?: string; total?: number; currency?: string; updatedAt?: string; rejection?: { code: string; reason: string };
  };
  const contents = { customerId, total, currency };
  const shown = Object.entries(showsContents ? contents : { customerId: customerId && MASK }).filter(([, value]) => value !== undefined);
  return {
    ...identityOf(item.orderId),
    status,
    version,
    ...Object.fromEntries(shown),
    ...(updatedAt ? { updatedAt } : {}),
    ...(rejection ? { reason: rejection.code } : {}),
  };
}

/** What is not masked in an order: nothing that its sender wrote. */
const SHOWN_FIELDS = new Set(['orderId', 'tenant', 'status', 'version', 'createdAt', 'updatedAt']);

function shownOrder(item: OrderItem, showsContents: boolean): Record<string, unknown> {
  const view = orderView(item);
  return showsContents ? view : Object.fromEntries(Object.entries(view).map(([name, value]) => [name, SHOWN_FIELDS.has(name) ? value : mask(value)]));
}

/** The document after each version, from the events that have it. */
function versionsIn(records: readonly HistoryRecord[], showsContents: boolean): OrderDetails['versions'] {
  const versions = new Map<number, OrderDetails['versions'][number]>();
  for (const { metadata: { version }, occurredAt, data } of records) {
    const { order } = (data ?? {}) as { readonly order?: unknown };
    if (typeof version !== 'number' || version < 1 || order === undefined || versions.has(version)) continue;
    versions.set(version, { version, at: occurredAt, order: showsContents ? order : mask(order) });
  }
  return [...versions.values()].sort((one, other) => one.version - other.version);
}

const pendingIn = (item: OrderItem | undefined): OrderDetails['pendingCommands'] => Object.entries(item?.pending ?? {})
  .map(([sequence, { type, until }]) => ({ command: type, sequence: Number(sequence), until: new Date(until * 1000).toISOString() }));
