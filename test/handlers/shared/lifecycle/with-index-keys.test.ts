import { CLOCK_SKEW_MS, isNext, MAX_COMMAND_LIFETIME_MS, nextExpiry, withIndexKeys, shardKey, type OrderItem, type RejectedItem } from '#shared';
import { INDEX_SHARDS } from '../../../../src/private/contract';
import { cancel, change, live, place, reject } from '../../../support/sample-commands';
import { SAMPLE_SETTINGS, SAMPLE_TIME, written } from '../../../support/sample-messages';

const NOW = new Date(SAMPLE_TIME);
const nowSeconds = NOW.getTime() / 1000;
const KEPT = (MAX_COMMAND_LIFETIME_MS + CLOCK_SKEW_MS) / 1000;

const sealed = (item: OrderItem, now = NOW): OrderItem => written(withIndexKeys(item, now));

/** The shard in a key. */
const shardOf = (key: string | undefined) => Number(/(\d+)$/.exec(key!)![1]);

test('every write is one revision on', () => {
  const { item } = live([place(1)]);

  expect(sealed(item).revision).toBe(item.revision + 1);
});

describe('in the lists of orders', () => {
  test('an order stands by when it came, with its id to tell it from others of the same millisecond', () => {
    expect(live([place(1)]).item.listKey).toBe(`${SAMPLE_TIME}#order-1`);
  });

  test('an order that has a time at which it was placed stands by that', () => {
    const placedAt = '2025-12-24T18:00:00.000Z';

    expect(sealed({ ...live([place(1)]).item, placedAt } as OrderItem).listKey).toBe(`${placedAt}#order-1`);
    expect(sealed({ ...live([reject(1)]).item, placedAt } as OrderItem).listKey).toBe(`${placedAt}#order-1`);
  });

  test('an order keeps its place when it changes', () => {
    const { item } = live([change(2), cancel(3)], live([place(1)]).item, new Date('2026-03-01T00:00:00Z'));

    expect(item.listKey).toBe(`${SAMPLE_TIME}#order-1`);
  });

  test.each([
    ['CONFIRMED', live([place(1)]).item], ['CANCELLED', live([place(1), cancel(2)]).item], ['REJECTED', live([reject(1)]).item],
  ])('an order stands among those that are %s, in a shard of its own id', (status, item) => {
    const shard = shardOf(item.statusShard);

    expect(item.statusShard).toBe(shardKey(status, shard));
    expect(item.statusShard).toBe(`${status}#${shardOf(live([place(1)]).item.statusShard)}`);
  });

  test.each([
    ['placed', live([place(1)]).item], ['changed', live([place(1), change(2)]).item],
    ['rejected', sealed({ ...live([reject(1)]).item, customerId: 'customer-1' } as RejectedItem)],
  ])('an order that is %s stands among those of its customer, in the shard of its id', (_, item) => {
    expect(item.customerShard).toBe(shardKey('customer-1', shardOf(item.statusShard)));
  });

  test('a rejected order without a customer stands among those of none', () => {
    expect(live([reject(1)]).item).not.toHaveProperty('customerShard');
  });

  test('orders of one customer are in all shards, and customers do not share any', () => {
    const { item } = live([place(1)]);
    const shardsOf = (customer: string) => new Set(Array.from({ length: 200 }, (_, n) => sealed({ ...item, customerId: customer, orderId: `order-${n}` } as OrderItem).customerShard));

    expect(shardsOf('c').size).toBe(INDEX_SHARDS);
    expect([...shardsOf('c')].filter((shard) => shardsOf('c#1').has(shard))).toEqual([]);
  });

  test('commands without an order do not stand', () => {
    const { item } = live([change(1)]);

    expect(item).not.toHaveProperty('listKey');
    expect(item).not.toHaveProperty('customerShard');
    expect(item).not.toHaveProperty('statusShard');
  });

  test('orders use all shards, and about evenly', () => {
    const counts = new Array<number>(INDEX_SHARDS).fill(0);
    const { item } = live([place(1)]);
    for (let n = 0; n < 4000; n++) counts[shardOf(sealed({ ...item, orderId: `order-${n}` }).statusShard)]++;

    expect(Math.min(...counts)).toBeGreaterThan(400);
    expect(Math.max(...counts)).toBeLessThan(600);
  });
});

describe('in the index of pending commands', () => {
  const two = live([change(4)], live([cancel(3)], live([place(1)]).item).item, new Date(NOW.getTime() + 60_000)).item;

  test('an order stands by the first that expires', () => {
    expect(two.pendingUntil).toBe(nowSeconds + SAMPLE_SETTINGS.pendingCommandRetention);
    expect(two.pendingShard).toBe(String(shardOf(two.statusShard)));
  });

  test('an order stands by the next one when the first has expired', () => {
    const { item } = nextExpiry(two, new Date(two.pendingUntil! * 1000))!;

    expect(item.pendingUntil).toBe(two.pendingUntil! + 60);
  });

  test('an order is not listed when all have expired or were applied', () => {
    const { item: expired } = nextExpiry(live([cancel(3)], live([place(1)]).item).item, new Date(two.pendingUntil! * 1000))!;

    for (const item of [written(expired), live([change(2)], two).item]) {
      expect(item).not.toHaveProperty('pendingUntil');
      expect(item).not.toHaveProperty('pendingShard');
    }
  });
});

describe('an item', () => {
  test('of an order that was placed stays, whatever becomes of it', () => {
    for (const { item } of [live([place(1)]), live([place(1), cancel(2)]), live([place(1), change(3)]), live([reject(1), place(2)])]) {
      expect(item).not.toHaveProperty('expiresAt');
    }
  });

  test('of a rejection stays as long as it is shown', () => {
    const item = { ...live([reject(1)]).item, visibleUntil: nowSeconds + KEPT + 1 } as RejectedItem;

    expect(sealed(item).expiresAt).toBe(nowSeconds + KEPT + 1);
  });

  test('of a rejection stays as long as another command may be on its way', () => {
    expect(live([reject(1)]).item.expiresAt).toBe(nowSeconds + KEPT);
  });

  test('stays until the next command does not wait for the last one, though clocks differ', () => {
    const SKEW = 5 * 60_000;
    const { expiresAt } = sealed(live([reject(1)]).item, new Date(NOW.getTime() - SKEW));
    const next = { sequence: 2, previousAt: new Date(NOW.getTime() + SKEW).toISOString() };

    expect(isNext(undefined, next, new Date(expiresAt! * 1000 - SKEW))).toBe(true);
  });

  test('with commands that wait stays until they are answered', () => {
    const { item } = live([change(1)]);

    expect(item).not.toHaveProperty('expiresAt');
    expect(nextExpiry(item, new Date(item.pendingUntil! * 1000))!.item.expiresAt).toBe(item.pendingUntil! + KEPT);
  });
});
