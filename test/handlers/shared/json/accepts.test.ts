import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { accepts } from '../../../../handlers/shared/json/accepts';
import { orderSchema } from '../../../../handlers/shared/orders/order';

const isSurelyOrder = accepts(orderSchema as unknown as z.core.$ZodType);
const testOf = (schema: unknown) => accepts(schema as z.core.$ZodType);

const text = fc.oneof(fc.string({ maxLength: 70 }), fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('', '\ud800', 'x'.repeat(257), 'x'.repeat(501)));
const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, 0, 1, -1, 1.5, 10_001, 2 ** 53, 1e-101, NaN));
const anything = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(text.filter((key) => key !== '__proto__'), scalar, { maxKeys: 3, noNullPrototype: true }));

/** Mostly what it should be, and sometimes anything or nothing. */
const mostly = (right: fc.Arbitrary<unknown>) => fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: anything });
const record = (requiredKeys: string[], fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, mostly(field)])), { requiredKeys, noNullPrototype: true });
const known = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme-ascii' });
/** zod drops `__proto__` without a word; `parseStrictJson` refuses it before, and it is never accepted here (below). */
const name = known.filter((key) => key !== '__proto__');
const order = record(['orderId', 'customerId', 'currency', 'items'], {
  orderId: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  customerId: known,
  currency: fc.constantFrom('EUR', 'USD', 'EUR', 'XXQ'),
  items: fc.array(record(['sku', 'quantity', 'unitPrice'], { sku: known, quantity: fc.integer({ min: 1, max: 9 }), unitPrice: fc.nat(), name: known }), { minLength: 1, maxLength: 3 }),
  total: fc.nat(),
  placedAt: fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31T12:00:00+01:00', '2026-02-30T12:00:00Z'),
  shippingAddress: fc.dictionary(name, known, { maxKeys: 21, noNullPrototype: true }),
  notes: known,
  attributes: fc.dictionary(name, fc.oneof(known, fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 21, noNullPrototype: true }),
  unknown: fc.constant(undefined),
});

test('an accepted order is one that zod accepts unchanged', () => {
  let accepted = 0;
  let right = 0;
  fc.assert(fc.property(order, (candidate) => {
    const { unknown: dropped, ...rest } = candidate;
    const value = dropped === undefined ? rest : candidate;
    const { success, data } = orderSchema.safeParse(value);
    if (success) right++;
    if (!isSurelyOrder(value)) return;
    accepted++;
    expect([success, data]).toEqual([true, value]);
  }), { numRuns: 3000 });
  // The fast path must accept what zod accepts, or it would never apply.
  expect(accepted).toBe(right);
  expect(right).toBeGreaterThan(300);
});

test.each([
  ['a type', z.date(), new Date()],
  ['a check', z.string().check(z.startsWith('a')), 'abc'],
  ['a format', z.email(), 'a@example.com'],
  ['a pattern with flags', z.string().check(z.regex(/a/i)), 'a'],
  ['a number format', z.float32(), 1],
  ['an object that may hold more', z.object({ a: z.string() }), { a: 'b' }],
  ['a transformation', z.pipe(z.string(), z.transform((value) => value.length)), 'abc'],
])('fails for any value when the schema has %s that is not supported', (_, schema, value) => {
  expect(z.safeParse(schema, value).success).toBe(true);
  expect(testOf(schema)(value)).toBe(false);
});

test('fails when a value is an object of another kind', () => {
  class Order {}

  expect(testOf(z.strictObject({}))(Object.assign(new Order()))).toBe(false);
  expect(testOf(z.record(z.string(), z.string()))(Object.assign(new Order()))).toBe(false);
  expect(testOf(z.record(z.string(), z.string()))([])).toBe(false);
  expect(testOf(z.record(z.string(), z.number()))(JSON.parse('{"__proto__":1}'))).toBe(false);
});
