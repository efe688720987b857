import * as fc from 'fast-check';
import { applyPatch, orderModel, type OrderDocument, type OrderPatch } from '#shared';
import { sampleDocument } from '../../../support/sample-messages';

const order = (changes: OrderDocument = {}) => sampleDocument(changes);

/** The order after a patch as it comes over the wire. */
function patched(before: OrderDocument, patch: string | object): OrderDocument {
  const { value: change, errors } = orderModel.validatePatch(typeof patch === 'string' ? JSON.parse(patch) : patch);
  if (errors) throw new Error(`the patch is wrong: ${JSON.stringify(errors)}`);
  return applyPatch(before, change).value!.order;
}

const errorsOf = (patch: unknown): string[] => (orderModel.validatePatch(patch).errors ?? []).map(({ path, code }) => `${path} ${code}`).sort();

/** RFC 7396 as it is written there. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

// The examples of RFC 7396, appendix A, that the fields of an order can hold; a and b are entries of an object.
describe.each(['attributes', 'shippingAddress'] as const)('%s', (field) => {
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: 'foo' }, null, undefined],
    [{ a: 'b' }, {}, { a: 'b' }],
    [undefined, { a: null }, {}],
    [undefined, { a: 'b' }, { a: 'b' }],
    [undefined, null, undefined],
  ])('%j patched by %j are %j', (before, patch, after) => {
    const change = { [field]: patch };

    expect(patched(order(before && { [field]: before }), change)).toEqual(order(after && { [field]: after }));
  });
});

test('a null that the order itself holds stays', () => {
  expect(patched(order({ attributes: { e: null, a: 1 } }), { attributes: { a: 2 } }).attributes).toEqual({ e: null, a: 2 });
});

describe('notes', () => {
  const CASES = [['one', 'two', 'two'], ['one', null, undefined], [undefined, null, undefined], [undefined, '', '']];

  const having = (notes: string | null | undefined) => order(typeof notes === 'string' ? { notes } : {});

  test.each(CASES)('%j patched by %j are %j', (before, patch, after) => {
    expect(patched(having(before), { notes: patch })).toEqual(having(after));
  });
});

describe('items', () => {
  const tea = { sku: 'tea', quantity: 3, unitPrice: 100 };

  test('are replaced as a whole, and a total that was given does not apply to them', () => {
    expect(patched(order({ total: 4129 }), { items: [tea] })).toEqual(order({ items: [tea] }));
    expect(patched(order({ total: 4129 }), { items: [tea], total: 300 })).toEqual(order({ items: [tea], total: 300 }));
    expect(applyPatch(order(), { items: [tea], total: 301 }).errors).toEqual([expect.objectContaining({ path: '/total', code: 'TOTAL_MISMATCH' })]);
  });

  test.each([null, [], {}, [{ sku: 'tea' }]])('fail when they are %j', (items) => {
    expect(errorsOf({ items })).not.toEqual([]);
  });

  test('fail when they add up to more than can be kept', () => {
    expect(applyPatch(order(), { items: [{ ...tea, unitPrice: Number.MAX_SAFE_INTEGER }] }).errors).toEqual([expect.objectContaining({ path: '/items', code: 'TOTAL_TOO_BIG' })]);
  });
});

test('fails when the order would be larger than any that can be placed', () => {
  // A control character is six bytes on the wire.
  const items = Array.from({ length: 100 }, (_, n) => ({ sku: 's', name: '\u0001'.repeat(256), quantity: 1, unitPrice: n }));
  const shippingAddress = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`key-${n}`, '\u0001'.repeat(256)]));

  expect(applyPatch(order({ shippingAddress }), { items }).errors).toBeUndefined();
  expect(applyPatch(order({ shippingAddress, billingAddress: shippingAddress }), { items }).errors).toEqual([
    { path: '', code: 'TOO_BIG', message: 'the changed order must have at most 196608 bytes' },
  ]);
});

test('fields that are not in a patch stay as they are', () => {
  const before = order({ notes: 'n', attributes: { a: 1 }, shippingAddress: { city: 'Bern' }, placedAt: '2026-01-31T12:00:00Z' });

  expect(patched(before, { notes: 'm' })).toEqual({ ...before, notes: 'm' });
});

test('an order and a patch are not changed themselves', () => {
  const before = order({ attributes: { a: 1, b: 2 } });
  const change: OrderPatch = { attributes: { a: null, c: 3 } };
  applyPatch(before, change);

  expect([before, change]).toEqual([order({ attributes: { a: 1, b: 2 } }), { attributes: { a: null, c: 3 } }]);
});

test('any patch is applied as RFC 7396 specifies', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'constructor', 'toString', 'hasOwnProperty', 'é', '0', '');
  const keys = key.filter((each) => each !== '');
  const value = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean());
  const entries = (of: fc.Arbitrary<unknown>) => fc.dictionary(keys, of, { maxKeys: 4, noNullPrototype: true });
  const optional = (of: fc.Arbitrary<unknown>) => fc.option(of, { nil: null });
  const before = fc.record({ notes: fc.string({ maxLength: 3 }), attributes: entries(optional(value)) }, { requiredKeys: [], noNullPrototype: true });
  const patch = fc.record({ notes: optional(fc.string({ maxLength: 3 })), attributes: optional(entries(optional(value))) }, { requiredKeys: ['notes'], noNullPrototype: true });
  fc.assert(fc.property(before, patch, (fields, change) => {
    const target = order(fields);
    expect(patched(target, change)).toEqual(mergePatch(target, change));
  }));
});

describe('a patch that is wrong', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', {}, [' EMPTY_CHANGE']],
    ['no object', [], [' INVALID_TYPE']],
    ['null', null, [' INVALID_TYPE']],
    ['what cannot be changed', { orderId: 'order-2', customerId: 'c', currency: 'USD', status: 'FULFILLED', version: 9 }, [
      '/currency NOT_CHANGEABLE', '/customerId NOT_CHANGEABLE', '/orderId NOT_CHANGEABLE', '/status UNKNOWN_FIELD', '/version UNKNOWN_FIELD',
    ]],
    ['wrong values', { notes: 1, shippingAddress: { city: 7 }, attributes: [], items: [{ sku: '', quantity: 0, unitPrice: -1, colour: 'red' }] }, [
      '/attributes INVALID_TYPE', '/items/0/colour UNKNOWN_FIELD', '/items/0/quantity TOO_SMALL', '/items/0/sku INVALID_FORMAT', '/items/0/unitPrice TOO_SMALL',
      '/notes INVALID_TYPE', '/shippingAddress/city INVALID_VALUE',
    ]],
    ['notes of 2001 characters', { notes: 'n'.repeat(2001) }, ['/notes TOO_BIG']],
    ['more entries than there can be', { billingAddress: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`key-${n}`, 'x'])) }, ['/billingAddress TOO_BIG']],
    ['half a surrogate pair', { notes: '\ud800', attributes: { a: 'x\udc00' }, shippingAddress: { a: '\udfff' } }, [
      '/attributes/a ILL_FORMED_TEXT', '/notes ILL_FORMED_TEXT', '/shippingAddress/a ILL_FORMED_TEXT',
    ]],
    ['half a surrogate pair in a key', { attributes: { '\ud800': null }, shippingAddress: { '\ud800': 'a' } }, ['/attributes/\uFFFD INVALID_KEY', '/shippingAddress/\uFFFD INVALID_KEY']],
    ['a key that is empty or too long', { attributes: { '': 1 }, shippingAddress: { ['k'.repeat(65)]: 'a' } }, ['/attributes/ INVALID_KEY', `/shippingAddress/${'k'.repeat(64)}… INVALID_KEY`]],
  ])('fails when it holds %s, with every error at once', (_, patch, errors) => {
    expect(errorsOf(patch)).toEqual(errors);
  });

  test('fails when the order would have too many entries, and with every error at once', () => {
    const forty = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`a-${n}`, 'v']));
    const before = order({ billingAddress: forty, shippingAddress: forty });

    expect(applyPatch(before, { billingAddress: { more: 'x' }, shippingAddress: { more: 'x' } }).errors!.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/shippingAddress TOO_BIG', '/billingAddress TOO_BIG',
    ]);
    expect(applyPatch(before, { billingAddress: { 'more': 'x', 'a-0': null } }).errors).toBeUndefined();
  });
});

describe('a hostile key', () => {
  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s is a key as any other', (key) => {
    const after = patched(order({ attributes: { a: 1 } }), { attributes: { [key]: 'x' } });

    expect(after.attributes).toEqual({ a: 1, [key]: 'x' });
    expect(patched(after, { attributes: { [key]: null } }).attributes).toEqual({ a: 1 });
    expect(patched(order({ attributes: { a: 1 } }), { attributes: { [key]: null } }).attributes).toEqual({ a: 1 });
  });

  test.each(['constructor', 'toString', '__proto__'])('%s is not a field of an order', (key) => {
    expect(errorsOf(JSON.parse(`{"notes":"n","${key}":{"isAdmin":true}}`))).toEqual([`/${key} UNKNOWN_FIELD`]);
  });

  test('__proto__ changes no prototype', () => {
    const { value } = orderModel.validatePatch(JSON.parse('{"attributes":{"__proto__":"x","a":1}}'));
    const { value: after } = applyPatch(order(), value ?? { notes: 'refused' });

    expect(Object.getPrototypeOf(after!.order.attributes ?? {})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
