import { ignoredBecause, type IgnoredFiles } from '../../../../handlers/shared/files';

const because = (key: string, size: number, ignored: Partial<IgnoredFiles> = {}) => ignoredBecause({ key: `incoming/${key}`, size }, { names: ['_SUCCESS'], empty: false, ...ignored });

test.each<[string, number, string | undefined]>([
  ['_SUCCESS', 0, 'NAME'], ['a/b/_SUCCESS', 7, 'NAME'], ['_SUCCESS/orders.json', 7, undefined], ['a_SUCCESS', 7, undefined], ['_SUCCESS.json', 7, undefined],
  ['.keep', 0, 'EMPTY'], ['a/.keep', 0, 'EMPTY'], ['.keep', 1, undefined], ['orders.keep', 0, undefined], ['orders.json', 0, undefined],
])('%s with %d bytes is ignored because of %s', (key, size, reason) => {
  expect(because(key, size)).toBe(reason);
});

test.each<[string, string, boolean]>([
  ['*.tmp', 'a.tmp', true], ['*.tmp', '.tmp', true], ['*.tmp', 'a.tmp.json', false], ['_*', '_x', true], ['_*', 'a_x', false],
  ['a*a', 'a', false], ['a*a', 'aa', true], ['a*a', 'aba', true], ['a.b', 'axb', false],
])('a name matches a pattern with one *: %s, %s: %s', (pattern, name, isIgnored) => {
  expect(because(name, 7, { names: [pattern] }) === 'NAME').toBe(isIgnored);
});

test('all empty objects are ignored if the app wants that', () => {
  expect(because('orders.json', 0, { empty: true })).toBe('EMPTY');
  expect(because('orders.json', 1, { empty: true })).toBeUndefined();
});
