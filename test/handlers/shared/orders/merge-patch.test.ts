import * as fc from 'fast-check';
import type { OrderDocument } from '#shared';
import { mergePatch, withoutRemovals } from '../../../../handlers/shared/orders/merge-patch';

type Json = Record<string, unknown>;

/** The pseudocode of RFC 7396. */
function specified(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result = new Map(typeof target === 'object' && target !== null && !Array.isArray(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, specified(result.get(name), value));
  }
  return Object.fromEntries(result);
}

const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toJSON'), fc.string({ maxLength: 2 }));
const { object } = fc.letrec((tie) => ({
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.integer(), fc.string({ maxLength: 2 }), fc.array(tie('value'), { maxLength: 2 }), tie('object')),
}));
const documents = object.map((value) => JSON.parse(JSON.stringify(value)) as Json);

test('any patch is applied as RFC 7396 specifies', () => {
  fc.assert(fc.property(documents, documents, (target, patch) => {
    expect(JSON.stringify(mergePatch(target, patch))).toBe(JSON.stringify(specified(target, patch)));
  }), { numRuns: 1000 });
});

test('the order and the patch are not changed', () => {
  fc.assert(fc.property(documents, documents, (target, patch) => {
    const before = JSON.stringify([target, patch]);
    mergePatch(target, patch);
    expect(JSON.stringify([target, patch])).toBe(before);
  }));
});

test('a patch that was applied changes nothing when it is applied again', () => {
  fc.assert(fc.property(documents, documents, (target, patch) => {
    const once = mergePatch(target, patch);
    expect(JSON.stringify(mergePatch(once, patch))).toBe(JSON.stringify(once));
  }));
});

test('a null of the order stays, in place and in lists', () => {
  const order: OrderDocument = { comment: null, lines: [{ note: null }], buyer: { vat: null } };

  expect(mergePatch(order, { buyer: { id: 1 } })).toEqual({ comment: null, lines: [{ note: null }], buyer: { vat: null, id: 1 } });
});

test('what a patch sets has no removals, but the nulls of lists', () => {
  expect(withoutRemovals({ a: null, b: { c: null, d: 1 }, e: [null, { f: null }] })).toEqual({ b: { d: 1 }, e: [null, { f: null }] });
  expect(withoutRemovals([null])).toEqual([null]);
  expect(JSON.stringify(withoutRemovals(JSON.parse('{"__proto__":{"a":null}}')))).toBe('{"__proto__":{}}');
});
