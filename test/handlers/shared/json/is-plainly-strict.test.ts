import { isPlainlyStrict } from '../../../../handlers/shared/json/is-plainly-strict';

const isPlain = (text: string): boolean => isPlainlyStrict(text, JSON.parse(text), 32);

test.each([
  '{"orderId":"a","items":[{"sku":"b","unitPrice":0},{"sku":"b","unitPrice":12.5}],"placedAt":"2026-01-31T12:00:00.000Z"}',
  '{ "a" : 1,\n "b" : [ "a:b", "::" ] }',
  '["coffee-1kg", 0]', '[1E-7, 1]', '[-0, 1e21, 123456789012345, -0.1234567890123]', '{"1":1,"0":"\\n\\"ü"}', '"1234567890.1234"',
  '['.repeat(32) + ']'.repeat(32),
])('%s is plain', (text) => {
  expect(isPlain(text)).toBe(true);
});

test.each([
  ['a key is given twice', '{"a":1,"a":1}'],
  ['a key is given twice and an escape makes up for its colon', '{"a":1,"a":"\\u003a"}'],
  ['a key is given twice and the colon that is left stands in a string', '{"a":"::","a":1}'],
  ['a key is __proto__', '{"__proto__":1}'],
  ['a number has 16 digits', '[1234567890123456]'],
  ['a number has 16 digits, wherever it stands', `[${' '.repeat(9)}0.123456789012345]`],
  ['a number is too large', '[1e301]'],
  ['a number is too small', '[1e-301]'],
  ['a number is so small that it became zero', '{"a":1e-400}'],
  ['a number is so small that it became minus zero', '{"a":-1E-400}'],
  ['it nests too deep', '['.repeat(33) + ']'.repeat(33)],
  ['it nests so deep that there is no stack for it', '['.repeat(100_000) + ']'.repeat(100_000)],
])('fails when %s', (_, text) => {
  expect(isPlain(text)).toBe(false);
});

test('fails when a number has 16 digits, at any place', () => {
  for (let before = 0; before < 20; before++) expect(isPlain(`[${' '.repeat(before)}1234567890123456]`)).toBe(false);
});

test('a text is searched once for what became zero, however many zeros there are', () => {
  const searches = jest.spyOn(RegExp.prototype, 'test');

  expect(isPlain(`[${new Array(1000).fill(0).join(',')}]`)).toBe(true);
  expect(searches).toHaveBeenCalledTimes(1);
  searches.mockRestore();
});
