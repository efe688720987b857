import * as fc from 'fast-check';
import { fileListQuery, FILE_STATES, Problem, createPaginationToken, type FilePageKey } from '#shared';
import { FILE_TIME, fileIdOf } from '../../../support/sample-files';
import { tampered } from '../../../support/tampered';

const TOKEN_KEY = 'token-key-1';
const KEY: FilePageKey = { fileId: fileIdOf(1), receivedAt: FILE_TIME };
const query = (parameters: Record<string, string | undefined>) => fileListQuery(parameters, TOKEN_KEY);
const tokenOf = (position: unknown): string => createPaginationToken(TOKEN_KEY, query({ state: 'COMPLETED' }).tokenScope, position);

/** The parameters that are wrong, each with its code. */
function faults(parameters: Record<string, string | undefined>): [path: string, code: string][] {
  try {
    query(parameters);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 400, code: 'invalid-query' });
    return (error as Problem).errors.map(({ path, code }) => [path, code]);
  }
}

describe('a state', () => {
  test.each(FILE_STATES)('may be %s', (state) => {
    expect(query({ state })).toMatchObject({ state, limit: 25, after: undefined });
  });

  test.each([undefined, '', 'completed', 'COMPLETED ', 'length', 'toString'])('fails when it is %j', (state) => {
    expect(faults({ state })).toEqual([['state', 'INVALID_STATE']]);
  });
});

describe('a limit', () => {
  test.each(['1', '99', '100'])('may be %s', (limit) => {
    expect(query({ state: 'COMPLETED', limit }).limit).toBe(Number(limit));
  });

  test.each(['0', '101', '999', '1000', '-1', '1.5', '1e1', ' 1', '1\n', '01', '', 'x', '٣'])('fails when it is %j', (limit) => {
    expect(faults({ state: 'COMPLETED', limit })).toEqual([['limit', 'INVALID_LIMIT']]);
  });
});

describe('a token', () => {
  test('continues after its key', () => {
    expect(query({ state: 'COMPLETED', nextToken: tokenOf(KEY) }).after).toEqual(KEY);
  });

  test('contains only the key', () => {
    expect(query({ state: 'COMPLETED', nextToken: tokenOf({ ...KEY, extra: 1 }) }).after).toEqual(KEY);
  });

  test('fails when it is for another state, or from another pipeline', () => {
    expect(faults({ state: 'REJECTED', nextToken: tokenOf(KEY) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
    expect(faults({ state: 'COMPLETED', nextToken: createPaginationToken('another key', query({ state: 'COMPLETED' }).tokenScope, KEY) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails when any one of its characters is changed', () => {
    for (const nextToken of tampered(tokenOf(KEY))) expect(faults({ state: 'COMPLETED', nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test.each<[string, unknown]>([
    ['is null', null],
    ['is a list', [KEY]],
    ['lacks a part', { ...KEY, receivedAt: undefined }],
    ['has a number for an id', { ...KEY, fileId: 7 }],
    ['has an id that no file has: the table would refuse it', { ...KEY, fileId: '' }],
    ['has a time that is none: the table would refuse it', { ...KEY, receivedAt: '' }],
  ])('fails when another release signed it and its key %s', (_, key) => {
    expect(faults({ state: 'COMPLETED', nextToken: tokenOf(key) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails with 400, and no other error, for any value', () => {
    const unsigned = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.jsonValue().map(unsigned), fc.constant(unsigned(KEY))), (nextToken) => {
      expect(faults({ state: 'COMPLETED', nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
    }));
  });
});

test('fails with all errors', () => {
  expect(faults({ state: 'x', limit: 'x', nextToken: 'x' }).map(([path]) => path)).toEqual(['state', 'limit', 'nextToken']);
});

test('other parameters are ignored', () => {
  expect(query({ state: 'COMPLETED', colour: 'red' })).toMatchObject({ state: 'COMPLETED', limit: 25, after: undefined });
});
