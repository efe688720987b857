import { OTHER_PIPELINE } from './event-bus';
import { randomOf } from './random-streams';
import type { Random } from '../support/random';
import { SAMPLE_TOTAL } from '../support/sample-messages';
import { sampleItems, sampleOrder } from '../support/sample-order';

interface Common {
  readonly id: number;
  /** Milliseconds after the start. */
  readonly at: number;
  /** Whether its contents have their maximum size. */
  readonly isLarge?: boolean;
}

/** A line of a file. */
export interface FileLine {
  readonly orderId: string;
  readonly notes: string;
  /** Another customer than in other orders. */
  readonly customerId?: string;
  readonly isInvalid?: boolean;
}

/** A request of a client, an event of another system, a file or a redrive. */
export type ClientRequest = Common & (
  | { readonly kind: 'place'; readonly orderId?: string; readonly notes: string; readonly isInvalid: boolean; readonly key?: string }
  | { readonly kind: 'place malformed'; readonly orderId: string }
  | { readonly kind: 'change'; readonly orderId: string; readonly patch: Record<string, unknown>; readonly ifMatch?: number; readonly key?: string }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly reason: string; readonly ifMatch?: number; readonly key?: string }
  | { readonly kind: 'publish'; readonly type: string; readonly metadata: Record<string, unknown>; readonly data?: unknown }
  | { readonly kind: 'send poison message'; readonly orderId: string }
  | { readonly kind: 'redrive'; readonly calls: number; readonly request: Record<string, unknown> }
  | { readonly kind: 'file'; readonly lines: readonly FileLine[]; readonly erasedAfter?: number }
);

type Details = ClientRequest extends infer Each ? Each extends Common ? Omit<Each, keyof Common> : never : never;

/** Runs with large orders take long. */
const SHARE_OF_LARGE = 1 / 400;

/** The requests of one run: some of them after the idle days. */
export function clientRequestsOf(seed: number, idleDays: number): ClientRequest[] {
  const random = randomOf(seed, 'requests');
  const orderIds = Array.from({ length: 1 + random.below(3) }, (_, index) => `o-${index}`);
  const span = random.pick([200, 5000, 60_000, 900_000]);
  const count = 3 + random.below(9);
  const requests = Array.from({ length: count }, (_, id): ClientRequest => {
    const isLater = random.chance(0.3);
    const at = random.below(span) + (isLater ? idleDays * 86_400_000 : 0);
    const request = { id, at, ...detailsOf(random, id, orderIds) } as ClientRequest;
    return isLater && idleDays >= 120 ? withNewKey(request) : request;
  });
  if (random.chance(SHARE_OF_LARGE)) {
    requests.push(...largeRequests(random, orderIds).map((request, index) => ({ id: requests.length + index, ...request }) as ClientRequest));
  }
  // By then, many of the messages that failed are in a dead-letter queue.
  const redrives = random.chance(0.3) ? 1 + random.below(2) : 0;
  return [...requests, ...Array.from({ length: redrives }, (_, index): ClientRequest => ({
    id: requests.length + index, at: span + random.below(10_000_000), ...redriveRequest(random),
  }))];
}

/** The pipeline deletes the sequence of an order that was never placed after 120 days. A repeated request is then a new one. */
function withNewKey(request: ClientRequest): ClientRequest {
  if ('key' in request && request.key !== undefined) return { ...request, key: `${request.key}-new` };
  const isPoison = request.kind === 'publish' && String(request.metadata.eventId).startsWith('poison-');
  return request.kind === 'publish' && !isPoison ? { ...request, metadata: withUniqueId(request.metadata, request.id) } : request;
}

/** Orders of the maximum size, placed at once, and changes that add to them. */
function largeRequests(random: Random, orderIds: readonly string[]): Omit<ClientRequest, 'id'>[] {
  return [...orderIds, 'large-1', 'large-2', 'large-3'].flatMap((orderId) => [
    { isLarge: true, at: random.below(100), kind: 'place', orderId, notes: 'large', isInvalid: false },
    { isLarge: true, at: random.below(2000), kind: 'change', orderId, patch: {} },
  ] as const);
}

const redriveRequest = (random: Random) => ({
  kind: 'redrive',
  calls: random.pick([1, 1, 2]),
  request: { maxPerSecond: random.pick([1, 10, 100]), ...(random.chance(0.15) ? { limit: 1 + random.below(2) } : {}) },
}) as const;

function detailsOf(random: Random, id: number, orderIds: readonly string[]): Details {
  const orderId = random.pick(orderIds);
  const dice = random.below(100);
  if (dice < 30) {
    const identity = random.chance(0.15) ? { key: random.pick(['k1', 'k2']) } : { orderId };
    return { kind: 'place', ...identity, notes: random.pick(['a', 'a', 'b']), isInvalid: random.chance(0.15) };
  }
  if (dice < 31) return { kind: 'place malformed', orderId };
  if (dice < 32) return { kind: 'send poison message', orderId };
  if (dice < 34) return redriveRequest(random);
  if (dice < 55) return { kind: 'change', orderId, patch: patchOf(random), ...headersOf(random) };
  if (dice < 67) return { kind: 'cancel', orderId, reason: `reason ${id}`, ...headersOf(random) };
  if (dice < 72) return placementOnBus(random, id, orderId);
  if (dice < 90) return publishRequest(random, id, orderId);
  const erasure = random.chance(0.15) ? { erasedAfter: random.below(random.pick([2000, 5000, 100_000])) } : {};
  const count = 1 + random.below(random.pick([3, 6, 14]));
  return { kind: 'file', ...erasure, lines: Array.from({ length: count }, (_, line) => fileLine(random, id, line, orderIds)) };
}

const fileLine = (random: Random, id: number, line: number, orderIds: readonly string[]): FileLine => ({
  orderId: line > 0 && random.chance(0.5) ? random.pick(orderIds) : `f-${id}-${line}`,
  notes: random.pick(['a', 'b']),
  isInvalid: random.chance(0.15),
  ...(random.chance(0.1) ? { customerId: 'customer-2' } : {}),
});

const headersOf = (random: Random) => ({
  ...(random.chance(0.25) ? { ifMatch: 1 + random.below(3) } : {}), ...(random.chance(0.3) ? { key: random.pick(['k1', 'k2']) } : {}),
});

function patchOf(random: Random): Record<string, unknown> {
  const value = random.pick(['x', 'y', 'z']);
  return random.pick([
    { notes: value }, { notes: null }, { items: sampleItems(random.pick([[1], [2], [3, 2]])) },
    { attributes: { [value]: 1 } }, { attributes: { [value]: null, w: value } }, { shippingAddress: { city: value } }, { attributes: null },
  ]);
}

/** An event of another system, well-formed or not. */
function publishRequest(random: Random, id: number, orderId: string): Details {
  const metadata = { orderId, ...(random.chance(0.8) ? { eventId: `outside-${random.chance(0.3) ? `again-${orderId}` : id}` } : {}) };
  const unique = withUniqueId(metadata, id);
  switch (random.below(20)) {
    case 0: return { kind: 'publish', type: 'OrderChangeRequested', metadata: { eventId: `poison-${id}` }, data: { patch: { notes: 'x' } } };
    case 1: return { kind: 'publish', type: 'OrderChangeRequested', metadata: unique, data: { patch: { currency: 'USD' } } };
    case 2: return { kind: 'publish', type: 'OrderCancellationRequested', metadata: unique, data: {} };
    case 3: return { kind: 'publish', type: 'OrderCancellationRequested', metadata: unique, data: { reason: `outside ${id}` } };
    case 4: return { kind: 'publish', type: 'OrderFulfilled', metadata: unique, data: 'no object' };
    case 5: return { kind: 'publish', type: 'OrderChangeRequested', metadata: unique, data: { patch: patchOf(random) } };
    case 6: return { kind: 'publish', type: 'OrderChangeRequested', metadata: withUniqueId(copiedMetadata(orderId), id), data: { patch: { notes: 'x' } } };
    case 7: return { kind: 'publish', type: 'OrderCancellationRequested', metadata: { ...unique, pipeline: OWN_PIPELINE }, data: { reason: `outside ${id}` } };
    case 8: return { kind: 'publish', type: 'OrderFulfilled', metadata: { ...unique, pipeline: OTHER_PIPELINE } };
    case 9: return { kind: 'publish', ...validatedByOther(orderId, `other-${id}`, OTHER_PIPELINE) };
    case 10: return { kind: 'publish', ...validatedByOther(orderId, `poison-${id}`, OWN_PIPELINE) };
    case 11: return { kind: 'publish', type: 'OrderItemsFulfilled', metadata: unique, data: { items: random.pick([[], [{ lineItem: 0 }], 'items']) } };
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
    case 17: return { kind: 'publish', type: 'OrderItemsFulfilled', metadata: unique, data: fulfilledItems(random) };
    default: return { kind: 'publish', type: 'OrderFulfilled', metadata, ...(random.chance(0.5) ? { data: { carrier: 'c' } } : {}) };
  }
}

/** Items of an order, which has up to three of the first line item and two of the second. */
const fulfilledItems = (random: Random) => (random.chance(0.7)
  ? { items: [{ lineItem: random.pick([0, 0, 1]), quantity: 1 }], shipmentId: 's-1', carrier: 'c' }
  : { items: Array.from({ length: 1 + random.below(2) }, () => ({ lineItem: random.below(2), quantity: random.pick([0.5, 1, 1, 2]) })) });

/** An order that another system places: valid or not, with an ID or without, again, or an event that is none. */
function placementOnBus(random: Random, id: number, orderId: string): Details {
  const place = (metadata: Record<string, unknown>, order: unknown): Details => ({ kind: 'publish', type: 'OrderPlacementRequested', metadata, data: { order } });
  const notes = random.pick(['a', 'a', 'b']);
  const eventId = `outside-${id}`;
  switch (random.below(9)) {
    case 0: return place({ eventId: `outside-place-${orderId}`, orderId }, sampleOrder({ orderId, notes: 'a' }));
    case 1: return place({ eventId: 'outside-place' }, sampleOrder({ notes }));
    case 2: return place(random.chance(0.5) ? { eventId } : {}, sampleOrder({ notes }));
    case 3: return place({ eventId, orderId }, sampleOrder({ notes, ...random.pick([{ total: 1 }, { items: [] }]) }));
    case 4: return place({ eventId, orderId }, random.pick([sampleOrder({ orderId: 'o-other', notes }), undefined, 'order']));
    case 5: return place({ eventId: `poison-${id}` }, random.pick([sampleOrder({ orderId: 'an order', notes }), undefined]));
    case 6: return place({ eventId, pipeline: OTHER_PIPELINE }, sampleOrder({ orderId, notes: 'other' }));
    default: return place(random.chance(0.8) ? { eventId } : { orderId, pipeline: OWN_PIPELINE }, sampleOrder({ orderId, notes }));
  }
}

/** The metadata of an event of the pipeline that another system copies into its own. */
const copiedMetadata = (orderId: string) => ({ orderId, sequence: 2, version: 1, commandId: 'copied', correlationId: 'copied', causationId: 'copied', channel: 'api' });

/** The id of the pipeline in `synthesize.ts`. */
const OWN_PIPELINE = 'Test/Orders';

/** An order with the same id in another pipeline, or an order that another system declares valid. */
const validatedByOther = (orderId: string, eventId: string, pipeline: string) => ({
  type: 'OrderValidated',
  metadata: {
    ...copiedMetadata(orderId), eventId, eventType: 'OrderValidated', schemaVersion: 1, occurredAt: '2026-01-01T00:00:00.000Z', sequence: 1, pipeline,
  },
  data: { order: { ...sampleOrder({ orderId, notes: 'other' }), total: SAMPLE_TOTAL } },
});

/** Events with different contents need different ids. */
const withUniqueId = (metadata: Record<string, unknown>, id: number) => ({ ...metadata, eventId: `outside-${id}` });
