import { expectedVersionOf, Problem } from '#shared';
import { apiRequest } from '../../../support/api-request';

const expectedIn = (value: string | undefined) => expectedVersionOf(apiRequest({ headers: value === undefined ? {} : { 'If-Match': value } }));

test.each([['"1"', 1], ['"3"', 3], [' "42" ', 42], ['"999999999999999"', 999_999_999_999_999]])('%s expects version %i', (value, expectedVersion) => {
  expect(expectedIn(value)).toEqual({ expectedVersion });
});

test.each([undefined, '*', ' * '])('%j expects none', (value) => {
  expect(expectedIn(value)).toEqual({});
});

test.each([
  '', '3', '"0"', '"03"', '"-1"', '"1.5"', '"abc"', '""', '"3', 'W/"3"', '"3", "4"', '"3","4"', '"3", *', '"1000000000000000"', `"${'9'.repeat(400)}"`, '"٣"', '"3"\n"4"',
])('fails with 400 when it is %s', (value) => {
  expect(() => expectedIn(value)).toThrow(Problem);
  expect(() => expectedIn(value)).toThrow(expect.objectContaining({ status: 400, code: 'invalid-if-match', errors: [expect.objectContaining({ code: 'INVALID_IF_MATCH' })] }));
});

test('its header may be written in any case', () => {
  expect(expectedVersionOf(apiRequest({ headers: { 'if-match': '"3"' } }))).toEqual({ expectedVersion: 3 });
});
