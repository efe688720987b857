import * as fc from 'fast-check';
import { fileListQuery, FILE_STATES, Problem, writeToken, type FilePageKey } from '#shared';
import { FILE_TIME, fileIdOf } from '../../../support/sample-files';

const KEY: FilePageKey = { fileId: fileIdOf(1), state: 'COMPLETED', receivedAt: FILE_TIME };
const tokenOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The parameters that are wrong, each with its code. */
function faults(parameters: Record<string, string | undefined>): [path: string, code: string][] {
  try {
    fileListQuery(parameters);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 400, code: 'invalid-query' });
    return (error as Problem).errors.map(({ path, code }) => [path, code]);
  }
}

describe('a state', () => {
  test.each(FILE_STATES)('may be %s', (state) => {
    expect(fileListQuery({ state })).toEqual({ state, limit: 25, after: undefined });
  });

  test.each([undefined, '', 'completed', 'COMPLETED ', 'length', 'toString'])('fails when it is %j', (state) => {
    expect(faults({ state })).toEqual([['state', 'INVALID_STATE']]);
  });
});

describe('a limit', () => {
  test.each(['1', '99', '100'])('may be %s', (limit) => {
    expect(fileListQuery({ state: 'COMPLETED', limit }).limit).toBe(Number(limit));
  });

  test.each(['0', '101', '999', '1000', '-1', '1.5', '1e1', ' 1', '1\n', '01', '', 'x', '٣'])('fails when it is %j', (limit) => {
    expect(faults({ state: 'COMPLETED', limit })).toEqual([['limit', 'INVALID_LIMIT']]);
  });
});

describe('a token', () => {
  test('asks for what follows the key that it was written for', () => {
    expect(fileListQuery({ state: 'COMPLETED', nextToken: writeToken(KEY) }).after).toEqual(KEY);
  });

  test('can stand in an address as it is', () => {
    expect(writeToken(KEY)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test('holds nothing but the key, whatever was put into it', () => {
    expect(fileListQuery({ state: 'COMPLETED', nextToken: tokenOf({ ...KEY, extra: 1, __proto__: { a: 1 } }) }).after).toEqual(KEY);
  });

  test.each<[string, string]>([
    ['is empty', ''],
    ['is no base64', '%%%'],
    ['is no JSON', Buffer.from('x').toString('base64url')],
    ['is null', tokenOf(null)],
    ['is a list', tokenOf([KEY])],
    ['lacks a part', tokenOf({ ...KEY, receivedAt: undefined })],
    ['is of another state', tokenOf({ ...KEY, state: 'REJECTED' })],
    ['has a state that is none', tokenOf({ ...KEY, state: 'NONE' })],
    ['has a number for an id', tokenOf({ ...KEY, fileId: 7 })],
    ['was cut', writeToken(KEY).slice(0, -3)],
    ['has an id that no file has: the table would refuse it', tokenOf({ ...KEY, fileId: '' })],
    ['has an id that is too long for a key of the table', tokenOf({ ...KEY, fileId: 'a'.repeat(3000) })],
    ['has a time that is none: the table would refuse it', tokenOf({ ...KEY, receivedAt: '' })],
  ])('fails when it %s', (_, nextToken) => {
    expect(faults({ state: 'COMPLETED', nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails as a wrong query, and as nothing else, whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.jsonValue().map(tokenOf)), (nextToken) => {
      expect(faults({ state: 'COMPLETED', nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
    }));
  });
});

test('fails when several are wrong: all are named', () => {
  expect(faults({ state: 'x', limit: 'x', nextToken: 'x' }).map(([path]) => path)).toEqual(['state', 'limit', 'nextToken']);
});

test('other parameters are passed over', () => {
  expect(fileListQuery({ state: 'COMPLETED', colour: 'red' })).toEqual({ state: 'COMPLETED', limit: 25, after: undefined });
});
