import * as fc from 'fast-check';
import type { OrderDocument } from '#shared';
import { fingerprint as fingerprintOf } from '../../../../handlers/shared/orders/fingerprint';
import { sampleDocument, sampleFacts } from '../../../support/sample-messages';

const items = [{ sku: 'a', quantity: 1, unitPrice: 1 }, { sku: 'b', quantity: 1, unitPrice: 2 }];
const order = sampleDocument({ items, shippingAddress: { city: 'Berlin', street: 'A 1' }, attributes: { gift: true, weight: 1.5, code: null } });

const fingerprint = (document: OrderDocument): string => fingerprintOf({ order: document, facts: sampleFacts(document) });

/** The same document with the keys of every object in an order that `random` decides. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => ({ rank: random(), entry: [key, shuffled(each, random)] as const }));
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry));
}

test('an order has one fingerprint, whatever the order of its keys', () => {
  fc.assert(fc.property(fc.infiniteStream(fc.nat()), (ranks) => {
    const same = shuffled(order, () => ranks.next().value as number) as OrderDocument;
    expect(fingerprint(same)).toBe(fingerprint(order));
  }));
});

test('an order keeps its fingerprint on its way over the wire', () => {
  expect(fingerprint(JSON.parse(JSON.stringify(order)) as OrderDocument)).toBe(fingerprint(order));
});

test.each([
  ['the customer', { customerId: 'customer-2' }],
  ['the currency', { currency: 'USD' }],
  ['the sequence of the items', { items: items.toReversed() }],
  ['a quantity', { items: [{ ...items[0], quantity: 3 }, items[1]] }],
  ['a note', { notes: 'a note' }],
  ['an attribute\'s type', { attributes: { gift: true, weight: '1.5', code: null } }],
  ['an attribute that is null instead of absent', { attributes: { gift: true, weight: 1.5, code: null, more: null } }],
])('another fingerprint comes with %s', (_, changes) => {
  expect(fingerprint({ ...order, ...changes })).not.toBe(fingerprint(order));
});

test('the fingerprint is the same whether the total is given or not', () => {
  expect(fingerprint({ ...order, total: 4129 })).toBe(fingerprint(order));
});
