import * as z from 'zod/mini';
import { assertValidQuery, limitErrors, parameterErrors, Problem, readNextToken, createPaginationToken } from '#shared';

const request = (given: Record<string, string[]>) => ({
  queryStringParameters: Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values.at(-1)!])),
  multiValueQueryStringParameters: given,
});

describe('a limit', () => {
  test.each(['1', '99', '100'])('may be %s', (limit) => {
    expect(limitErrors(limit)).toEqual([]);
  });

  test.each(['0', '101', '999', '1000', '-1', '1.5', '1e1', ' 1', '1\n', '01', '', 'x', '٣'])('fails when it is %j', (limit) => {
    expect(limitErrors(limit)).toEqual([{ path: 'limit', code: 'INVALID_LIMIT', message: 'must be an integer from 1 to 100' }]);
  });
});

describe('the parameters of a query', () => {
  test.each([[null], [undefined]])('may be missing, as %j', (none) => {
    expect(parameterErrors({ queryStringParameters: none, multiValueQueryStringParameters: none } as never, ['a'])).toEqual([]);
  });

  test('can be known ones', () => {
    expect(parameterErrors(request({ a: ['1'], b: [''] }), ['a', 'b', 'c'])).toEqual([]);
  });

  test('fail when they are unknown, with an error for each', () => {
    expect(parameterErrors(request({ A: ['1'], a: ['1'], toString: ['1'] }), ['a'])).toEqual([
      { path: 'A', code: 'UNKNOWN_PARAMETER', message: 'is not a known parameter; use a' },
      { path: 'toString', code: 'UNKNOWN_PARAMETER', message: 'is not a known parameter; use a' },
    ]);
  });

  test('fail when one is repeated, because it is ambiguous', () => {
    expect(parameterErrors(request({ a: ['1', '1'], b: ['1'] }), ['a', 'b'])).toEqual([{ path: 'a', code: 'REPEATED_PARAMETER', message: 'must occur only once' }]);
  });
});

describe('a nextToken', () => {
  test('may be missing', () => {
    expect(readNextToken('key', 'query', undefined, z.string())).toEqual({ position: undefined, errors: [] });
  });

  test('contains the position at which the previous page ended', () => {
    expect(readNextToken('key', 'query', createPaginationToken('key', 'query', 'here'), z.string())).toEqual({ position: 'here', errors: [] });
  });

  test.each(['', 'x', createPaginationToken('key', 'another query', 'here')])('fails when it is %j', (token) => {
    const { position, errors } = readNextToken('key', 'query', token, z.string());
    expect(position).toBeUndefined();
    expect(errors).toEqual([{ path: 'nextToken', code: 'INVALID_TOKEN', message: 'must be the nextToken of a response to the same query' }]);
  });
});

test('a query with errors fails with 400 and all errors; a query without errors does not', () => {
  const errors = ['a', 'b'].map((path) => ({ path, code: 'WRONG', message: 'is wrong' }));
  expect(() => assertValidQuery(errors)).toThrow(Problem);
  expect(() => assertValidQuery(errors)).toThrow(expect.objectContaining({ status: 400, code: 'invalid-query', errors: errors }));
  expect(() => assertValidQuery([])).not.toThrow();
});
