import * as fc from 'fast-check';
import { validateOrderRules, type Order } from '#shared';
import { SAMPLE_TOTAL } from '../../../support/sample-messages';
import { sampleOrder } from '../../../support/sample-order';

const order = (changes: Record<string, unknown> = {}): Order => sampleOrder({ orderId: 'order-1', ...changes }) as Order;

const totalOf = (candidate: Order): number | undefined => {
  const result = validateOrderRules(candidate);
  return result.errors ? undefined : result.value.total;
};

const oneItem = (quantity: number, unitPrice: number, more: Record<string, unknown> = {}) => order({ items: [{ sku: 'sku', quantity, unitPrice }], ...more });

test('an order without a total gets the sum of its items', () => {
  expect(validateOrderRules(order())).toEqual({ value: { ...order(), total: SAMPLE_TOTAL } });
});

test('an order with the right total keeps it', () => {
  expect(validateOrderRules(order({ total: SAMPLE_TOTAL }))).toEqual({ value: order({ total: SAMPLE_TOTAL }) });
});

test('an order may cost nothing', () => {
  expect(totalOf(oneItem(1, 0, { total: 0 }))).toBe(0);
});

test.each([SAMPLE_TOTAL - 1, SAMPLE_TOTAL + 1, 0])('fails when the total is %i instead of the sum', (total) => {
  expect(validateOrderRules(order({ total }))).toEqual({
    errors: [{ path: '/total', code: 'TOTAL_MISMATCH', message: `must be ${SAMPLE_TOTAL}, the sum of quantity times unitPrice of all items; or leave it out` }],
  });
});

test('an order may cost as much as can be kept', () => {
  expect(totalOf(oneItem(1, Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([[2, 2 ** 52], [10_000, Number.MAX_SAFE_INTEGER]])('fails when %i times %i is more than can be kept', (quantity, unitPrice) => {
  expect(validateOrderRules(oneItem(quantity, unitPrice)).errors).toEqual([expect.objectContaining({ path: '/items', code: 'TOTAL_TOO_BIG' })]);
});

test('the total is the exact sum, or there is none', () => {
  const items = fc.array(fc.record({
    sku: fc.constant('sku'), quantity: fc.integer({ min: 1, max: 10_000 }), unitPrice: fc.oneof(fc.nat(), fc.maxSafeNat()),
  }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(items, (list) => {
    const sum = list.reduce((total, { quantity, unitPrice }) => total + BigInt(quantity) * BigInt(unitPrice), 0n);
    expect(totalOf(order({ items: list }))).toBe(sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : undefined);
  }));
});
