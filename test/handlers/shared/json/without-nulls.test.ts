import * as fc from 'fast-check';
import { withoutNulls } from '#shared';

test.each<[string, unknown, unknown]>([
  ['a field', { a: null, b: 1 }, { b: 1 }],
  ['a field in an object', { a: { b: null } }, { a: {} }],
  ['a field of an object in a list', { a: [{ b: null, c: 1 }, [{ b: null }]] }, { a: [{ c: 1 }, [{}]] }],
  ['no entry of a list', { a: [null, 1] }, { a: [null, 1] }],
  ['nothing from another value', null, null],
  ['nothing from text', 'null', 'null'],
])('removes %s', (_, value, expected) => {
  expect(withoutNulls(value)).toEqual(expected);
});

test('keeps what is under a key that is kept, at any level, but not the key itself', () => {
  expect(withoutNulls({ attributes: { a: null }, items: [{ attributes: { b: [null, { c: null }] }, name: null }, { attributes: null }] }, ['attributes'])).toEqual(
    { attributes: { a: null }, items: [{ attributes: { b: [null, { c: null }] } }, {}] },
  );
});

test('returns a value without any as it is, and copies no part that does not change', () => {
  const [same, list] = [{ a: [{ b: 1 }] }, [1, { c: 2 }]];

  expect(withoutNulls(same)).toBe(same);
  expect((withoutNulls({ same, list, gone: null }) as { same: unknown; list: unknown })).toEqual({ same, list });
  expect((withoutNulls({ same, list, gone: null }) as { same: unknown }).same).toBe(same);
  expect((withoutNulls({ same, list, gone: null }) as { list: unknown }).list).toBe(list);
});

test('changes nothing but nulls, whatever the keys are', () => {
  const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toJSON', 'length', ''), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.integer(), fc.string(), fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  }));
  // `JSON.parse` calls the function for the innermost values first, and removes a field for which it returns undefined.
  const expected = (json: string): unknown => JSON.parse(json, function dropped(this: unknown, _, each: unknown) {
    return each === null && !Array.isArray(this) ? undefined : each;
  });
  fc.assert(fc.property(value.filter((each) => each !== null), (each) => {
    const json = JSON.stringify(each);
    expect(JSON.stringify(withoutNulls(JSON.parse(json)))).toBe(JSON.stringify(expected(json)));
  }));
});
