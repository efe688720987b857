import { ORDER_IDS, type Tenant } from './tenant-requests';
import type { TenantWorld } from './tenant-world';

/** All that a tenant can see: orders, lists, histories, files, events and dead letters. */
export interface TenantView {
  readonly seen: Record<string, unknown>;
  /** The tokens of the lists that had a next page. */
  readonly tokens: readonly { readonly path: ListPath; readonly token: string }[];
  readonly fileIds: readonly string[];
}

/** A list of the API. */
export interface ListPath {
  readonly name: string;
  readonly orderId?: string;
  readonly query: Readonly<Record<string, string>>;
}

const STATUSES = ['CONFIRMED', 'CANCELLED', 'FULFILLED', 'REJECTED'];

const LISTS: readonly ListPath[] = [
  { name: 'query-orders', query: { customerId: 'customer-1' } },
  { name: 'query-orders', query: { externalReference: 'ref-1' } },
  { name: 'query-orders', query: { externalReference: 'ref-2' } },
  ...STATUSES.map((status) => ({ name: 'query-orders', query: { status } })),
  ...ORDER_IDS.map((orderId) => ({ name: 'query-order-events', orderId, query: {} })),
  { name: 'query-files', query: { state: 'COMPLETED' } },
  { name: 'query-files', query: { state: 'REJECTED' } },
];

/** Reads all that a tenant can see over the API, the bus and the redrive, without what differs between any two runs. */
export async function viewOf(tenant: Tenant, world: TenantWorld): Promise<TenantView> {
  const seen: Record<string, unknown> = {};
  const tokens: { path: ListPath; token: string }[] = [];
  const fileIds: string[] = [];
  for (const orderId of ORDER_IDS) seen[`order ${orderId}`] = comparable(await world.call('query-orders', tenant, { orderId }));
  for (const path of LISTS) {
    const items: unknown[] = [];
    for (let token: string | undefined; ;) {
      const page = await list(world, tenant, path, token);
      if (page.status >= 500) throw new Error(`${path.name} returned ${page.status}`);
      items.push(...page.body.items ?? [page]);
      if (path.name === 'query-files') fileIds.push(...(page.body.items ?? []).map(({ fileId }: { fileId: string }) => fileId));
      token = page.body.nextToken;
      if (token === undefined) break;
      tokens.push({ path, token });
    }
    seen[`list ${JSON.stringify(path)}`] = comparable(items);
  }
  const files: unknown[] = [];
  for (const fileId of fileIds) files.push(await world.call('query-files', tenant, { pathParameters: { fileId } }));
  seen.files = comparable(files);
  const events = world.account.bus.published.filter(({ detail }) => world.isOf(tenant, detail.metadata));
  seen.events = comparable(events.map(({ type, detail }) => ({ type, ...detail })));
  seen['dead letters'] = comparable(await world.redrive('list', tenant)).body;
  return { seen, tokens, fileIds };
}

/** A page of a list, with few entries, so that lists have several. */
export const list = (world: TenantWorld, tenant: Tenant, { name, orderId, query }: ListPath, nextToken?: string) =>
  world.call(name, tenant, { ...(orderId ? { orderId } : {}), queryStringParameters: { ...query, limit: '2', ...(nextToken ? { nextToken } : {}) } });

/** IDs that are random or derived from the time, times, and signatures. */
const VARYING = new Set([
  'createdAt', 'updatedAt', 'occurredAt', 'previousAt', 'receivedAt', 'validatedAt', 'completedAt', 'processedAt', 'uploadedAt', 'placedAt', 'startedAt',
  'correlationId', 'causationId', 'commandId', 'eventId', 'fileId', 'versionId', 'nextToken', 'key', 'summaryKey', 'reportKey', 'id', 'age', 'count', 'received', 'sentDuringRun',
  // A redrive receives all messages, and releases those of other tenants.
  'receiveCount',
  // Only compared with a pipeline that has none.
  'tenant',
]);

/** A value without what differs between any two runs. Lists are sorted: the orders of one file are stored in any sequence. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of all routes
export const comparable = (value: unknown): any =>
  JSON.parse(JSON.stringify(value, (name, entry) => (VARYING.has(name) ? undefined : sorted(entry))));

const sorted = (value: unknown): unknown =>
  (Array.isArray(value) ? value.map((entry) => JSON.stringify(comparable(entry))).sort().map((text) => JSON.parse(text) as unknown) : value);
