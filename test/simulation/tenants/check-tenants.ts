import { isDeepStrictEqual } from 'node:util';
import { ORDER_IDS, TENANTS, tenantRequestsOf, type Tenant, type TenantRequest } from './tenant-requests';
import { comparable, list, viewOf, type TenantView } from './tenant-view';
import { TenantWorld } from './tenant-world';
import type { Loaded } from '../account';

/** What a tenant saw: the answers to its requests, and the view in the end. */
interface Run {
  readonly world: TenantWorld;
  readonly answers: unknown[];
  readonly view: TenantView;
}

const ALONE = 'as if it were alone';
const WITHOUT_TENANTS = 'as in a pipeline without tenants';

/**
 * Checks with random requests that two tenants do not affect each other (noninterference): what each of them sees is the same as if it were alone,
 * and the same as in a pipeline without tenants, although both use the same IDs and keys. It also tries what one has with the other: page tokens,
 * file IDs and the name of the other tenant.
 *
 * @returns what one tenant saw of the other.
 */
export async function checkTenants(seed: number, loaded: Loaded): Promise<string[]> {
  const requests = tenantRequestsOf(seed);
  const violations: string[] = [];
  for (const tenant of TENANTS) {
    const together = await run(seed, requests, tenant, loaded);
    const own = requests.filter((request) => request.tenant === tenant);
    violations.push(...differences(`${tenant} ${ALONE}`, together, await run(seed, own, tenant, loaded)));
    violations.push(...differences(`${tenant} ${WITHOUT_TENANTS}`, together, await run(seed, own, tenant, loaded, false)));
    violations.push(...await trespasses(tenant, seed, requests, loaded));
  }
  return violations;
}

async function run(seed: number, requests: readonly TenantRequest[], tenant: Tenant, loaded: Loaded, hasTenants = true): Promise<Run> {
  const world = new TenantWorld(seed, loaded, hasTenants);
  const answers: unknown[] = [];
  for (const request of requests) {
    const answer = await world.send(request);
    if (request.tenant === tenant) answers.push(comparable(answer ?? null));
  }
  return { world, answers, view: await viewOf(tenant, world) };
}

function differences(expectation: string, together: Run, alone: Run): string[] {
  const names = [...new Set([...Object.keys(together.view.seen), ...Object.keys(alone.view.seen)])];
  const different = names.filter((name) => !isDeepStrictEqual(together.view.seen[name], alone.view.seen[name]));
  return [
    ...different.map((name) => `not ${expectation}: ${name}${difference(together.view.seen[name], alone.view.seen[name])}`),
    ...(isDeepStrictEqual(together.answers, alone.answers) ? [] : [`not ${expectation}: answers${difference(together.answers, alone.answers)}`]),
  ];
}

/** Where two values differ first, and how. */
function difference(one: unknown, other: unknown, path = ''): string {
  const [entries, others] = [one, other].map((value) => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined));
  const name = entries && others && [...Object.keys(entries), ...Object.keys(others)].find((each) => !isDeepStrictEqual(entries[each], others[each]));
  return name === undefined ? `${path}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}` : difference(entries![name], others![name], `${path}/${name}`);
}

/** What a tenant can do with the page tokens and file IDs of the other one. */
async function trespasses(tenant: Tenant, seed: number, requests: readonly TenantRequest[], loaded: Loaded): Promise<string[]> {
  const other = TENANTS.find((each) => each !== tenant)!;
  const { world, view: { tokens, fileIds } } = await run(seed, requests, other, loaded);
  const violations: string[] = [];
  for (const { path, token } of tokens) {
    const { status } = await list(world, tenant, path, token);
    if (status !== 400) violations.push(`${tenant} can use a page token of ${other} for ${JSON.stringify(path)}: ${status}`);
  }
  for (const orderId of ORDER_IDS) {
    const [own, named] = [await world.call('query-orders', tenant, { orderId }), await world.call('query-orders', tenant, { orderId, ...naming(other) })].map(comparable);
    if (!isDeepStrictEqual(named, own)) violations.push(`${tenant} can read order ${orderId} by naming ${other}: ${difference(named, own)}`);
  }
  const { status: listed } = await world.call('query-orders', tenant, naming(other, { status: 'CONFIRMED' }));
  if (listed !== 400) violations.push(`${tenant} can list orders by naming ${other}: ${listed}`);
  for (const fileId of fileIds) {
    for (const resource of ['/files/{fileId}', '/files/{fileId}/orders']) {
      const { status } = await world.call('query-files', tenant, {
        resource, pathParameters: { fileId }, ...(resource.endsWith('orders') ? { queryStringParameters: { outcome: 'REJECTED' } } : {}),
      });
      if (status !== 404) violations.push(`${tenant} can read ${resource} of ${other}: ${status}`);
    }
  }
  return violations;
}

const naming = (tenant: Tenant, query: object = {}) => ({ queryStringParameters: { ...query, tenant } });
