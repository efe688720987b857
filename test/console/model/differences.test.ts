import * as fc from 'fast-check';
import { differences, type Difference } from '../../../console/model/differences';

test('values that were changed, added and removed are listed with their paths', () => {
  const before = { notes: 'old', items: [{ quantity: 1 }, { quantity: 2 }], gift: true };
  const after = { notes: 'new', items: [{ quantity: 3 }], address: { city: 'Ulm' } };
  expect(differences(before, after)).toEqual([
    { path: '/notes', before: 'old', after: 'new' },
    { path: '/items/0/quantity', before: 1, after: 3 },
    { path: '/items/1', before: { quantity: 2 } },
    { path: '/gift', before: true },
    { path: '/address', after: { city: 'Ulm' } },
  ]);
});

test('paths are JSON Pointers: slashes and tildes of names are escaped', () => {
  expect(differences({ 'a/b~c': 1 }, { 'a/b~c': 2 })).toEqual([{ path: '/a~1b~0c', before: 1, after: 2 }]);
});

test('names that objects inherit are names like others', () => {
  const after = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}');
  expect(differences({}, after)).toEqual([{ path: '/__proto__', after: { isAdmin: true } }, { path: '/constructor', after: 1 }]);
});

test('a document has no differences from itself, and another one has some', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
    expect(differences(one, structuredClone(one))).toEqual([]);
    const found: Difference[] = differences(one, other);
    expect(found.length === 0).toBe(canonical(one) === canonical(other));
  }));
});

/** JSON in which the sequence of the names is always the same. */
const canonical = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => {
  if (Object.is(each, -0)) return '-0';
  const isObject = each !== null && typeof each === 'object' && !Array.isArray(each) && !('names' in each);
  return isObject ? { names: Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)) } : each;
});
