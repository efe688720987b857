import * as fc from 'fast-check';
import { orderModel, parseStrictJson, ValueHash } from '#shared';
import { validateFileOrder } from '../../../../handlers/shared/files/validate-file-order';
import { canonical } from '../../../../handlers/shared/orders/fingerprint';
import { acceptedOrder } from '../../../support/accepted-values';

const RUNS = { numRuns: 1500 };

/** What an order can have instead of a field, and as one more. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(null, 0, -1, 0.5, 1e-7, 2 ** 53, '', ' ', 'eur', 'XXQ', '2026-02-30T12:00:00Z', '2026-01-31T12:00:00.5+02:00', [], {}, [null],
    '\ud800', 'a'.repeat(300), '\u{1F600}'.repeat(40)),
);
const FIELDS = ['orderId', 'customerId', 'currency', 'items', 'adjustments', 'total', 'placedAt', 'shippingAddress', 'notes', 'tags', 'attributes', 'email', 'more'] as const;
const ITEM_FIELDS = ['sku', 'quantity', 'unitPrice', 'amount', 'name', 'lineId', 'adjustments', 'attributes', 'more'] as const;

/** Orders that are valid, or differ from a valid one in some fields. */
const order = fc.tuple(
  acceptedOrder,
  fc.dictionary(fc.constantFrom(...FIELDS), odd, { maxKeys: 2 }),
  fc.dictionary(fc.constantFrom(...ITEM_FIELDS), odd, { maxKeys: 2 }),
  fc.record({ total: fc.boolean(), tax: fc.integer({ min: -100, max: 100 }), placedAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }) }),
).map(([valid, changes, itemChanges, { total, tax, placedAt }]): Record<string, unknown> => {
  const [first, ...rest] = valid.items;
  const sum = valid.items.reduce((before, { quantity, unitPrice }) => before + quantity * unitPrice, tax);
  return {
    orderId: 'order-1',
    ...valid,
    items: [{ ...first, ...itemChanges }, ...rest],
    adjustments: [{ kind: 'TAX', amount: tax }],
    placedAt: placedAt.toISOString(),
    ...(total ? { total: sum } : {}),
    ...changes,
  };
});

const validate = (text: string, hash = new ValueHash(1)) => validateFileOrder({ index: 0, line: 1, offset: 0, bytes: Buffer.from(text) }, 'ndjson', hash);

/** The same in all steps. */
function validateSlowly(text: string): unknown {
  const parsed = parseStrictJson(text, 'order');
  if (parsed.errors) return { orderId: undefined, errors: parsed.errors };
  const { value, errors } = orderModel.validate(parsed.value);
  return errors ? { orderId: orderModel.orderIdIn(parsed.value), errors } : { order: value, orderId: value.orderId };
}

test('every order, valid or not, gets the same result and the same errors as in all steps', () => {
  const counts = { valid: 0, invalid: 0 };
  fc.assert(fc.property(order, (candidate) => {
    const text = JSON.stringify(candidate);
    const result = validate(text);
    counts[result.errors ? 'invalid' : 'valid']++;
    expect(result).toEqual(validateSlowly(text));
  }), RUNS);
  expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(RUNS.numRuns / 20);
});

test('two valid orders have the same hash if and only if their canonical texts are equal', () => {
  const hash = new ValueHash(7, orderModel.derivedField);
  const hashOf = (text: string) => {
    const result = validate(text, hash);
    return result.errors ? undefined : { hash: `${hash.one} ${hash.two}`, canonical: canonical(result.order) };
  };
  fc.assert(fc.property(order, order, fc.boolean(), (one, other, isTurned) => {
    const variant = { ...one, total: undefined, notes: isTurned ? one.notes : null };
    for (const [first, second] of [[one, other], [one, Object.fromEntries(Object.entries(one).reverse())], [one, variant]]) {
      const [a, b] = [hashOf(JSON.stringify(first)), hashOf(JSON.stringify(second, undefined, 1))];
      if (a && b) expect(a.hash === b.hash).toBe(a.canonical === b.canonical);
    }
  }), RUNS);
});
