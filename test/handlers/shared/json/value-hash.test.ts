import * as fc from 'fast-check';
import { stringify } from 'safe-stable-stringify';
import { ValueHash } from '../../../../handlers/shared/json/value-hash';

const SEED = 12345;

function hashOf(value: unknown, ignored?: string): string {
  const hash = new ValueHash(SEED, ignored);
  hash.hash(value);
  return `${hash.one} ${hash.two}`;
}

/** A value whose parts are in another order, and the same otherwise. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, entry]) => [key, turned(entry)]));
};

const value = fc.jsonValue({ maxDepth: 5 });
/** Values of few texts and numbers, which are often alike. */
const similar = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<unknown>('', 'a', 'b', 'ab', '1', 0, 1, 256, true, false, null), fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { maxKeys: 2 })),
})).value;

test('values that are equal as JSON have the same hash, whatever the order of their keys', () => {
  fc.assert(fc.property(value, (one) => expect(hashOf(turned(one))).toBe(hashOf(one))));
  expect(hashOf({ a: -0 })).toBe(hashOf({ a: 0 }));
});

test('values that differ have different hashes', () => {
  let equal = 0;
  fc.assert(fc.property(similar, similar, (one, other) => {
    const isEqual = stringify(one) === stringify(other);
    if (isEqual) equal++;
    expect(hashOf(one) === hashOf(other)).toBe(isEqual);
  }), { numRuns: 20_000 });
  expect(equal).toBeGreaterThan(0);
});

test.each<[unknown, unknown]>([
  [['ab', 'c'], ['a', 'bc']], [{ a: 'bc' }, { ab: 'c' }], [[], {}], [[[]], [[], []]], ['1', 1], [null, false], [{ a: 1, b: 2 }, { a: 2, b: 1 }],
  [[1, 2], [2, 1]], ['a', 'a\0'], ['aa', 'a'], [0.1, 0.2], [1, 2 ** 32 + 1], ['\u0100', '\u0001\u0000'], [{ a: { b: 1 } }, { b: { a: 1 } }],
])('%j and %j have different hashes', (one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other));
});

test('a million values have a million hashes', () => {
  const hash = new ValueHash(SEED);
  const hashes = new Set<number>();
  for (let n = 0; n < 1_000_000; n++) {
    hash.hash({ orderId: 'order-1', items: [{ sku: 'a', quantity: n % 1000 }], notes: String(Math.floor(n / 1000)) });
    // 53 of the 64 bits.
    hashes.add(hash.one * 2 ** 21 + hash.two % 2 ** 21);
  }
  expect(hashes.size).toBe(1_000_000);
});

test('an ignored entry of the outer object does not change the hash, and one of another object does', () => {
  expect(hashOf({ a: 1, total: 5 }, 'total')).toBe(hashOf({ a: 1 }, 'total'));
  expect(hashOf({ a: { total: 5 } }, 'total')).not.toBe(hashOf({ a: {} }, 'total'));
  expect(hashOf([{ total: 5 }], 'total')).not.toBe(hashOf([{}], 'total'));
});

test('another seed gives another hash', () => {
  const other = new ValueHash(SEED + 1);
  other.hash('a');
  expect(`${other.one} ${other.two}`).not.toBe(hashOf('a'));
});
