import '../../../support/handler-env';
import { expected, type Ask, type Confirmation } from '../../../support/order-lifecycle-model';
import { OrderLifeWorld, type Guard } from '../../../support/order-lifecycle-world';
import { Random } from '../../../support/random';
import { sampleItems } from '../../../support/sample-order';

// A pause between two attempts only spares a table.
jest.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const HISTORIES = 500;
/** Of a history of up to four asks every order of delivery is tried, of a longer one so many. */
const SAMPLED_ORDERS = 2;
const ALL_ORDERS_UP_TO = 4;

describe(`whatever the order in which messages come, and however often (seed ${SEED})`, () => {
  test.each<[Confirmation]>([['none'], ['RESTART'], ['REFUSE']])(`an order ends as if its ${HISTORIES} histories were applied one after the other (confirmation: %s)`, async (confirmation) => {
    const random = new Random(SEED);
    for (let history = 0; history < HISTORIES; history++) {
      const asks = randomAsks(random, confirmation);
      for (const order of deliveryOrders(asks.length, random)) await keepsPromise(asks, order, random, undefined, confirmation);
    }
  }, 120_000);

  test.each<Guard>(['condition', 'sequence', 'memory', 'pending'])('it does not without the %s', async (guard) => {
    const random = new Random(SEED);
    const broken = async () => {
      for (let history = 0; history < 500; history++) {
        const asks = randomAsks(random);
        for (const order of deliveryOrders(asks.length, random)) await keepsPromise(asks, order, random, guard);
      }
    };
    // What fails is the comparison with the model, and nothing else.
    await expect(broken()).rejects.toThrow(/toEqual|toHaveLength/);
  }, 60_000);
});

async function keepsPromise(
  asks: readonly Ask[], order: readonly number[], random: Random, without?: Guard, confirmation: Confirmation = 'none',
): Promise<void> {
  const world = new OrderLifeWorld(asks, random, without, confirmation);
  await world.live(order);
  const { order: view, outcomes } = expected(world.sequence, confirmation);
  const what = { line: world.sequence, order };
  expect({ ...what, view: world.view, outcomes: world.outcomes }).toEqual({ ...what, view, outcomes });
  expect(world.sequence).toHaveLength(asks.length);
  // A version rises by one, and only with what changed the order. An order that was rejected after it was pending begins again.
  if (confirmation === 'none') expect(world.versions).toEqual(world.versions.toSorted((one, other) => one - other));
}

/** Every order of a short history, and some of a long one. */
function deliveryOrders(length: number, random: Random): number[][] {
  const indexes = Array.from({ length }, (_, index) => index);
  if (length <= ALL_ORDERS_UP_TO) return permutations(indexes);
  return Array.from({ length: SAMPLED_ORDERS }, () => indexes.toSorted(() => random.next() - 0.5));
}

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value) => permutations(values.filter((other) => other !== value)).map((rest) => [value, ...rest]));
}

function randomAsks(random: Random, confirmation: Confirmation = 'none'): Ask[] {
  const asks: Ask[] = [];
  for (let left = 1 + random.below(8); left > 0; left--) {
    asks.push(confirmation !== 'none' && random.chance(0.35) ? randomDecision(random, asks) : randomAsk(random));
  }
  return asks;
}

/** Most decisions are about what another ask made pending. */
const randomDecision = (random: Random, asks: readonly Ask[]): Ask => ({
  kind: 'decide',
  decision: random.pick(['CONFIRM', 'CONFIRM', 'REJECT'] as const),
  about: asks.length > 0 && random.chance(0.95) ? random.pick(asks) : undefined,
  outside: true,
});

function randomAsk(random: Random): Ask {
  const outside = random.chance(0.25) ? { outside: true as const } : {};
  const expectation = random.chance(0.3) ? { expectedVersion: 1 + random.below(4) } : {};
  switch (random.pick(['place', 'place', 'place wrongly', 'change', 'change', 'change', 'cancel', 'fulfill', 'fulfill items', 'fulfill items'] as const)) {
    case 'place': return {
      kind: 'place',
      notes: random.pick(['one', 'one', 'two']),
      ...(random.chance(0.2) ? { customerId: 'another' } : {}),
      ...(random.chance(0.3) ? { onExistingOrder: 'CHANGE' as const } : {}),
    };
    case 'place wrongly': return { kind: 'place wrongly' };
    case 'change': return { kind: 'change', patch: randomPatch(random), ...expectation, ...outside };
    case 'cancel': return { kind: 'cancel', reason: random.pick(['too late', 'too dear']), ...expectation, ...outside };
    case 'fulfill': return { kind: 'fulfill', outside: true };
    case 'fulfill items': return {
      kind: 'fulfill items',
      items: Array.from({ length: 1 + random.below(2) }, () => ({ lineItem: random.below(2), quantity: random.pick([0.5, 1, 1, 2]) })),
      ...(random.chance(0.4) ? { shipmentId: random.pick(['s-1', 's-2']) } : {}),
      outside: true,
    };
  }
}

function randomPatch(random: Random): Record<string, unknown> {
  const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, () => [`key-${random.below(30)}`, random.pick(['a', 1, null])]));
  return random.pick<() => Record<string, unknown>>([
    () => ({ notes: random.pick(['one', 'three', null]) }),
    () => ({ attributes: entries(1 + random.below(2)) }),
    // Two of these together are too large.
    () => ({ attributes: { ...entries(1), [`large-${random.below(3)}`]: 'x'.repeat(4000) }, notes: 'many' }),
    () => ({ items: sampleItems(random.pick([[1], [2], [2, 1], [3, 2], [1, 0.5]])) }),
    () => ({ shippingAddress: random.pick([{ city: 'Bern' }, { city: null, zip: '3000' }, null]) }),
  ])();
}
