import { createPaginationToken, fileOrderListQuery, Problem } from '#shared';
import { fileIdOf } from '../../../support/sample-files';
import { tampered } from '../../../support/tampered';

const TOKEN_KEY = 'token-key-1';
type Query = Record<string, string | undefined>;
const query = (queryStringParameters: Query | null, fileId = fileIdOf(1), multiValueQueryStringParameters: Record<string, string[]> | null = null) =>
  fileOrderListQuery({ queryStringParameters, multiValueQueryStringParameters }, fileId, TOKEN_KEY);
const tokenOf = (position: unknown): string => createPaginationToken(TOKEN_KEY, query({ outcome: 'REJECTED' }).tokenScope, position);

/** The parameters that are wrong, each with its code. */
function faults(...request: Parameters<typeof query>): [path: string, code: string][] {
  try {
    query(...request);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 400, code: 'invalid-query' });
    return (error as Problem).errors.map(({ path, code }) => [path, code]);
  }
}

test('rejected orders are listed 25 at a time by default', () => {
  expect(query({ outcome: 'REJECTED' })).toMatchObject({ limit: 25, after: undefined });
  expect(query({ outcome: 'REJECTED', limit: '100' }).limit).toBe(100);
});

test('a token continues after its index', () => {
  expect(query({ outcome: 'REJECTED', nextToken: tokenOf({ index: 7 }) }).after).toBe(7);
});

test.each([null, {}, { outcome: '' }, { outcome: 'rejected' }, { outcome: 'CONFIRMED' }])('fails when the outcome is not REJECTED: %j', (parameters) => {
  expect(faults(parameters)).toEqual([['outcome', 'INVALID_OUTCOME']]);
});

test('fails when a token is for another file, changed, or has another position', () => {
  const invalid = [['nextToken', 'INVALID_TOKEN']];
  expect(faults({ outcome: 'REJECTED', nextToken: tokenOf({ index: 7 }) }, fileIdOf(2))).toEqual(invalid);
  for (const nextToken of tampered(tokenOf({ index: 7 }))) expect(faults({ outcome: 'REJECTED', nextToken })).toEqual(invalid);
  for (const position of [null, {}, { index: -1 }, { index: 1.5 }, { index: '7' }]) expect(faults({ outcome: 'REJECTED', nextToken: tokenOf(position) })).toEqual(invalid);
});

test('fails with all errors, unknown and repeated parameters included', () => {
  expect(faults({ outcome: 'x', limit: '0', nextToken: 'x', colour: 'red' }, fileIdOf(1), { outcome: ['x', 'REJECTED'] })).toEqual([
    ['colour', 'UNKNOWN_PARAMETER'], ['outcome', 'REPEATED_PARAMETER'], ['outcome', 'INVALID_OUTCOME'], ['limit', 'INVALID_LIMIT'], ['nextToken', 'INVALID_TOKEN'],
  ]);
});
