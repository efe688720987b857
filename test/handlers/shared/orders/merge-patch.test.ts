import * as fc from 'fast-check';
import type { OrderDocument } from '#shared';
import { differenceOf, mergePatch, withoutRemovals } from '../../../../handlers/shared/orders/merge-patch';

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

describe('the difference of two orders', () => {
  test('has the fields that differ, and no others', () => {
    const before = { same: [1, { a: null }], changed: 1, removed: 'x', nested: { same: 1, changed: [1], removed: null } };
    const after = { same: [1, { a: null }], changed: '1', added: { a: 1 }, nested: { same: 1, changed: [2], added: null } };
    expect(differenceOf(before, after)).toEqual({ changed: '1', removed: null, added: { a: 1 }, nested: { changed: [2], removed: null, added: null } });
  });

  test('between objects and other values has the values as a whole', () => {
    expect(differenceOf({ a: { b: 1 }, c: [1], d: {} }, { a: [{ b: 1 }], c: { 0: 1 }, d: null })).toEqual({ a: [{ b: 1 }], c: { 0: 1 }, d: null });
  });

  const hasNull = (value: unknown): boolean => JSON.stringify(value).includes('null');
  const plain = documents.filter((document) => !hasNull(document) && !JSON.stringify(document).includes('__proto__'));

  test('is the patch that makes one of the other, where no field is null', () => {
    fc.assert(fc.property(plain, plain, (before, after) => {
      expect(mergePatch(before, differenceOf(before, after))).toEqual(after);
    }));
  });

  test('of equal orders is empty', () => {
    fc.assert(fc.property(documents, (document) => {
      expect(differenceOf(document, structuredClone(document))).toEqual({});
    }));
  });
});
