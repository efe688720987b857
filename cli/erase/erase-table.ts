import { isDeepStrictEqual } from 'node:util';
import { isOfTenant, type Change, type ErasureRun } from './erasure-run';
import { fromAttributes, toAttributes, type Attributes } from '../../handlers/aws/attribute-values';
import { withTenant } from '../../handlers/shared/orders/order-identity';

/** The tables besides those of orders and their history that have something about orders: their labels, and the attributes of their keys. */
export const OTHER_TABLES: Readonly<Record<string, readonly string[]>> = {
  'sequence table': ['orderId', 'sequence'],
  'files table': ['fileId', 'part'],
  'deliveries table': ['itemKey', 'part'],
  'tasks table': ['orderId', 'task'],
};

/**
 * Plans the writes of a table whose items are about orders.
 *
 * @throws FieldNotErasable
 */
export async function planTable(table: string, label: string, run: ErasureRun): Promise<Change[]> {
  const changes: Change[] = [];
  // The item of a file precedes those of its orders, which do not name the tenant.
  const tenants = new Map<string, string>();
  let count = 0;
  for await (const page of run.aws.scan(table)) {
    for (const item of page) {
      const fileId = item.fileId?.S ?? '';
      if (item.tenant?.S !== undefined) tenants.set(fileId, item.tenant.S);
      changes.push(...planItem({ table, keys: OTHER_TABLES[label], item, tenant: tenants.get(fileId) }, run));
    }
    run.progress(`${label}: ${count += page.length} items read`);
  }
  return changes;
}

interface TableItem {
  readonly table: string;
  readonly keys: readonly string[];
  readonly item: Attributes;
  /** The tenant of its file. */
  readonly tenant: string | undefined;
}

function planItem({ table, keys, item, tenant }: TableItem, run: ErasureRun): Change[] {
  const { eraser, aws } = run;
  const [values, binary] = valuesOf(item);
  if (!isAbout(values, run, tenant)) return [];
  const before = eraser.count;
  const erased = eraser.value(values);
  if (isDeepStrictEqual(erased, values)) return [];
  return [{ fields: eraser.count - before, apply: () => aws.update(table, keys, item, { ...toAttributes(erased), ...binary }) }];
}

/** Whether an item is about the customer: it names the customer, or belongs to one of the orders and names no other customer. */
export function isAbout(values: Readonly<Record<string, unknown>>, run: ErasureRun, tenant = tenantIn(values)): boolean {
  const order = [values.orderKey, values.orderId].find((key) => typeof key === 'string') as string | undefined;
  const key = order !== undefined && run.pipeline.hasTenants && !order.includes('/') ? withTenant(tenant, order) : order;
  if (key === undefined || !isOfTenant(run, key)) return false;
  const customers = run.eraser.customersIn(values);
  return customers.length === 0 ? run.orders.has(key) : customers.some((id) => run.eraser.isCustomer(id) || run.eraser.isErased(id));
}

/** The tenant that an item names, or the JSON in one of its texts. */
function tenantIn(value: unknown): string | undefined {
  if (typeof value === 'string') return /"tenant":"([^"]*)"/.exec(value)?.[1];
  if (typeof value !== 'object' || value === null) return undefined;
  const { tenant } = value as { readonly tenant?: unknown };
  return typeof tenant === 'string' ? tenant : Object.values(value).map(tenantIn).find((each) => each !== undefined);
}

/** The JSON values of an item, and its attributes that are not JSON, such as bitmaps. */
function valuesOf(item: Attributes): [values: Readonly<Record<string, unknown>>, binary: Attributes] {
  const isJson = ([, value]: [string, Attributes[string]]) => !JSON.stringify(value).includes('"B":');
  const entries = Object.entries(item);
  return [fromAttributes(Object.fromEntries(entries.filter(isJson))), Object.fromEntries(entries.filter((entry) => !isJson(entry)))];
}
