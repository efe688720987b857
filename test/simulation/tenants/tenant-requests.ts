import type { Random } from '../../support/random';
import { sampleOrder } from '../../support/sample-order';
import { randomOf } from '../random-streams';

export const TENANTS = ['acme', 'globex'] as const;
export type Tenant = (typeof TENANTS)[number];

/** What both tenants use on purpose: the IDs of their orders, customers and references, and their idempotency keys. */
export const ORDER_IDS = ['o-1', 'o-2', 'o-3'] as const;
const KEYS = ['key-1', 'key-2'] as const;
const REFERENCES = ['ref-1', 'ref-2'] as const;

/** A request of a tenant, or of another system about an order of a tenant. */
export type TenantRequest = { readonly tenant: Tenant } & (
  | { readonly kind: 'place'; readonly key?: string; readonly order: object }
  | { readonly kind: 'change'; readonly orderId: string; readonly patch: object; readonly ifMatch?: number; readonly key?: string }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly key?: string }
  | { readonly kind: 'publish'; readonly type: string; readonly eventId: string; readonly orderId: string; readonly data?: object }
  | { readonly kind: 'file'; readonly name: string; readonly orders: readonly object[] }
  | { readonly kind: 'send poison message'; readonly orderId: string }
  | { readonly kind: 'redrive' }
);

/** The requests of one run, in the sequence in which they are sent. */
export function tenantRequestsOf(seed: number): TenantRequest[] {
  const random = randomOf(seed, 'tenants');
  return Array.from({ length: 6 + random.below(16) }, () => ({ tenant: random.pick(TENANTS), ...requestOf(random) }));
}

type Details = TenantRequest extends infer Each ? Each extends TenantRequest ? Omit<Each, 'tenant'> : never : never;

function requestOf(random: Random): Details {
  const orderId = random.pick(ORDER_IDS);
  const key = random.chance(0.4) ? { key: random.pick(KEYS) } : {};
  const dice = random.below(100);
  if (dice < 34) return { kind: 'place', ...key, order: orderOf(random, 'key' in key ? undefined : orderId) };
  if (dice < 48) {
    return { kind: 'change', orderId, ...key, patch: { notes: random.pick(['x', 'y']) }, ...(random.chance(0.4) ? { ifMatch: 1 + random.below(2) } : {}) };
  }
  if (dice < 58) return { kind: 'cancel', orderId, ...key };
  if (dice < 76) return publicationOf(random, orderId);
  if (dice < 88) return { kind: 'file', name: random.pick(['orders.ndjson', 'more.ndjson']), orders: ORDER_IDS.slice(random.below(3)).map((id) => orderOf(random, id)) };
  return random.chance(0.5) ? { kind: 'send poison message', orderId } : { kind: 'redrive' };
}

const orderOf = (random: Random, orderId: string | undefined): object => sampleOrder({
  ...(orderId === undefined ? {} : { orderId }),
  notes: random.pick(['a', 'b']),
  externalReference: random.pick(REFERENCES),
  ...(random.chance(0.1) ? { total: 1 } : {}),
});

function publicationOf(random: Random, orderId: string): Details {
  const event = { kind: 'publish', eventId: random.pick(['event-1', 'event-2']), orderId } as const;
  switch (random.below(4)) {
    case 0: return { ...event, type: 'OrderPlacementRequested', data: { order: orderOf(random, orderId) } };
    case 1: return { ...event, type: 'OrderChangeRequested', data: { patch: { notes: random.pick(['x', 'y']) } } };
    case 2: return { ...event, type: 'OrderCancellationRequested', data: { reason: 'out of stock' } };
    default: return { ...event, type: 'OrderFulfilled' };
  }
}
