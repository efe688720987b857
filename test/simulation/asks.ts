import { randomOf } from './chances';
import type { Random } from '../support/random';

interface Common {
  readonly id: number;
  /** Milliseconds after the beginning. */
  readonly at: number;
  /** Whether its contents are as large as they can be. */
  readonly isLarge?: boolean;
}

/** A line of a file. */
export interface FileLine {
  readonly orderId: string;
  readonly notes: string;
  readonly isWrong?: boolean;
}

/** What a client, or another system, does. */
export type Ask = Common & (
  | { readonly kind: 'place'; readonly orderId?: string; readonly notes: string; readonly isWrong: boolean; readonly key?: string }
  | { readonly kind: 'place malformed'; readonly orderId: string }
  | { readonly kind: 'change'; readonly orderId: string; readonly patch: Record<string, unknown>; readonly ifMatch?: number; readonly key?: string }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly reason: string; readonly ifMatch?: number; readonly key?: string }
  | { readonly kind: 'say'; readonly type: string; readonly metadata: Record<string, unknown>; readonly data?: unknown }
  | { readonly kind: 'garbage'; readonly orderId: string }
  | { readonly kind: 'redrive'; readonly calls: number; readonly request: Record<string, unknown> }
  | { readonly kind: 'file'; readonly lines: readonly FileLine[]; readonly erasedAfter?: number }
);

type Bare = Ask extends infer Each ? Each extends Common ? Omit<Each, keyof Common> : never : never;

/** They take their time. */
const SHARE_OF_LARGE = 1 / 400;

/** What is asked of the pipeline in one run: some of it after days of rest. */
export function asksOf(seed: number, daysOfRest: number): Ask[] {
  const random = randomOf(seed, 'asks');
  const orderIds = Array.from({ length: 1 + random.below(3) }, (_, index) => `o-${index}`);
  const span = random.pick([200, 5000, 60_000, 900_000]);
  const count = 3 + random.below(9);
  const asks = Array.from({ length: count }, (_, id): Ask => {
    const isLater = random.chance(0.3);
    const at = random.below(span) + (isLater ? daysOfRest * 86_400_000 : 0);
    const ask = { id, at, ...bare(random, id, orderIds) } as Ask;
    return isLater && daysOfRest >= 120 ? underNewId(ask) : ask;
  });
  if (random.chance(SHARE_OF_LARGE)) asks.push(...largeOnes(random, orderIds).map((ask, index) => ({ id: asks.length + index, ...ask }) as Ask));
  // By then, much of what failed is in a dead-letter queue.
  const redrives = random.chance(0.3) ? 1 + random.below(2) : 0;
  return [...asks, ...Array.from({ length: redrives }, (_, index): Ask => ({
    id: asks.length + index, at: span + random.below(10_000_000), ...redriven(random),
  }))];
}

/** An order that was never placed is forgotten after 120 days. Who then asks again for what was refused, under its id, is answered again. */
function underNewId(ask: Ask): Ask {
  if ('key' in ask && ask.key !== undefined) return { ...ask, key: `${ask.key}-new` };
  return ask.kind === 'say' && 'orderId' in ask.metadata ? { ...ask, metadata: withOwnId(ask.metadata, ask.id) } : ask;
}

/** Orders as large as their limits let them be, all at once, which grow when they are there. */
function largeOnes(random: Random, orderIds: readonly string[]): Omit<Ask, 'id'>[] {
  return [...orderIds, 'large-1', 'large-2', 'large-3'].flatMap((orderId) => [
    { isLarge: true, at: random.below(100), kind: 'place', orderId, notes: 'large', isWrong: false },
    { isLarge: true, at: random.below(2000), kind: 'change', orderId, patch: {} },
  ] as const);
}

const redriven = (random: Random) => ({
  kind: 'redrive',
  calls: random.pick([1, 1, 2]),
  request: { maxPerSecond: random.pick([1, 10, 100]), ...(random.chance(0.15) ? { limit: 1 + random.below(2) } : {}) },
}) as const;

function bare(random: Random, id: number, orderIds: readonly string[]): Bare {
  const orderId = random.pick(orderIds);
  const dice = random.below(100);
  if (dice < 30) {
    const identity = random.chance(0.15) ? { key: random.pick(['k1', 'k2']) } : { orderId };
    return { kind: 'place', ...identity, notes: random.pick(['a', 'a', 'b']), isWrong: random.chance(0.15) };
  }
  if (dice < 31) return { kind: 'place malformed', orderId };
  if (dice < 32) return { kind: 'garbage', orderId };
  if (dice < 34) return redriven(random);
  if (dice < 55) return { kind: 'change', orderId, patch: patchOf(random), ...conditionOf(random) };
  if (dice < 67) return { kind: 'cancel', orderId, reason: `reason ${id}`, ...conditionOf(random) };
  if (dice < 90) return published(random, id, orderId);
  const fate = random.chance(0.15) ? { erasedAfter: random.below(random.pick([2000, 5000, 100_000])) } : {};
  return { kind: 'file', ...fate, lines: Array.from({ length: 1 + random.below(random.pick([3, 6, 14])) }, (_, line) => sequenceOf(random, id, line, orderIds)) };
}

const sequenceOf = (random: Random, id: number, line: number, orderIds: readonly string[]): FileLine => ({
  orderId: line > 0 && random.chance(0.5) ? random.pick(orderIds) : `f-${id}-${line}`, notes: random.pick(['a', 'b']), isWrong: random.chance(0.15),
});

const conditionOf = (random: Random) => ({
  ...(random.chance(0.25) ? { ifMatch: 1 + random.below(3) } : {}), ...(random.chance(0.3) ? { key: random.pick(['k1', 'k2']) } : {}),
});

function patchOf(random: Random): Record<string, unknown> {
  const value = random.pick(['x', 'y', 'z']);
  return random.pick([
    { notes: value }, { notes: null },
    { attributes: { [value]: 1 } }, { attributes: { [value]: null, w: value } }, { shippingAddress: { city: value } }, { attributes: null },
  ]);
}

/** What another system says on the bus: in order, or not. */
function published(random: Random, id: number, orderId: string): Bare {
  const metadata = { orderId, ...(random.chance(0.8) ? { eventId: `outside-${random.chance(0.3) ? `again-${orderId}` : id}` } : {}) };
  switch (random.below(9)) {
    case 0: return { kind: 'say', type: 'OrderChangeRequested', metadata: { eventId: `poison-${id}` }, data: { patch: { notes: 'x' } } };
    case 1: return { kind: 'say', type: 'OrderChangeRequested', metadata: withOwnId(metadata, id), data: { patch: { currency: 'USD' } } };
    case 2: return { kind: 'say', type: 'OrderCancellationRequested', metadata: withOwnId(metadata, id), data: {} };
    case 3: return { kind: 'say', type: 'OrderCancellationRequested', metadata: withOwnId(metadata, id), data: { reason: `outside ${id}` } };
    case 4: return { kind: 'say', type: 'OrderFulfilled', metadata: withOwnId(metadata, id), data: 'no object' };
    case 5: return { kind: 'say', type: 'OrderChangeRequested', metadata: withOwnId(metadata, id), data: { patch: patchOf(random) } };
    case 6: return { kind: 'say', type: 'OrderChangeRequested', metadata: { ...copiedMetadata(orderId), eventId: `outside-${id}` }, data: { patch: { notes: 'x' } } };
    default: return { kind: 'say', type: 'OrderFulfilled', metadata, ...(random.chance(0.5) ? { data: { carrier: 'c' } } : {}) };
  }
}

/** What a system says that hands on the metadata of an event of the pipeline. */
const copiedMetadata = (orderId: string) => ({ orderId, sequence: 2, version: 1, commandId: 'copied', correlationId: 'copied', causationId: 'copied', channel: 'api' });

/** What may differ is said under an id of its own. */
const withOwnId = (metadata: Record<string, unknown>, id: number) => ({ ...metadata, eventId: `outside-${id}` });
