import * as z from 'zod/mini';
import { validateShape } from '#shared';
import { text } from '../../../../handlers/shared/json/text';

const schema = z.strictObject({
  name: text(1, 3),
  count: z.optional(z.int().check(z.gte(1), z.lte(9))),
  more: z.optional(z.record(text(1, 3), z.number())),
});

test('a valid value is returned', () => {
  expect(validateShape(schema, { name: 'a', count: 1 })).toEqual({ value: { name: 'a', count: 1 } });
});

test('undefined fields are omitted', () => {
  expect(validateShape(z.object({ a: z.int() }), { a: 1, b: 2 })).toEqual({ value: { a: 1 } });
});

test.each<[string, unknown, string, string, string]>([
  ['is missing', {}, '/name', 'REQUIRED', 'is required'],
  ['is of another type', { name: 1 }, '/name', 'INVALID_TYPE', 'must be text'],
  ['is too short', { name: '' }, '/name', 'TOO_SMALL', 'must have at least 1 characters'],
  ['is too long', { name: 'abcd' }, '/name', 'TOO_BIG', 'must have at most 3 characters'],
  ['is ill-formed', { name: '\ud800' }, '/name', 'ILL_FORMED_TEXT', 'half a surrogate pair'],
  ['is too small', { name: 'a', count: 0 }, '/count', 'TOO_SMALL', 'must be at least 1'],
  ['is too big', { name: 'a', count: 10 }, '/count', 'TOO_BIG', 'must be at most 9'],
  ['is not an integer', { name: 'a', count: 1.5 }, '/count', 'INVALID_TYPE', 'must be an integer'],
  ['is not an object', { name: 'a', more: [] }, '/more', 'INVALID_TYPE', 'must be an object'],
  ['has a wrong key', { name: 'a', more: { abcd: 1 } }, '/more/abcd', 'INVALID_KEY', 'the key must be well-formed text of 1 to 64 characters'],
  ['is not known', { 'name': 'a', 'a/~b': 1 }, '/a~1~0b', 'UNKNOWN_FIELD', 'is not a known field; remove it'],
])('fails when a field %s', (_, candidate, path, code, message) => {
  expect(validateShape(schema, candidate)).toEqual({ errors: [{ path, code, message: expect.stringContaining(message) }] });
});

test('fails with all errors at once', () => {
  expect(validateShape(schema, { name: '', count: 'x', a: 1, b: 2 }).errors!.map(({ path }) => path)).toEqual(['/name', '/count', '/a', '/b']);
});

test('fails with the code of the violated rule', () => {
  const even = z.number().check(z.refine((value) => value % 2 === 0, { error: 'must be even', params: { code: 'ODD' } }));

  expect(validateShape(even, 1)).toEqual({ errors: [{ path: '', code: 'ODD', message: 'must be even' }] });
});

test('fails without quoting the request', () => {
  const { errors } = validateShape(schema, { name: 'canary', count: 'canary', more: { a: 'canary' } });

  expect(errors).toHaveLength(3);
  expect(JSON.stringify(errors)).not.toContain('canary');
});
