import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { readPaginationToken, createPaginationToken } from '#shared';
import { tampered } from '../../../support/tampered';

const POSITION = { orderId: 'order-1', at: 7 };
const schema = z.object({ orderId: z.string(), at: z.number() });
const TOKEN = createPaginationToken('key', 'query', POSITION);
const read = (token: string, query = 'query', key = 'key') => readPaginationToken(key, query, token, schema);

test('a token contains its position', () => {
  expect(read(TOKEN)).toEqual(POSITION);
});

test('any position is restored with the same query and key', () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.jsonValue(), (key, query, position) => {
    expect(readPaginationToken(key, query, createPaginationToken(key, query, position), z.unknown())).toEqual(JSON.parse(JSON.stringify(position)));
  }));
});

test('a token needs no encoding in a URL', () => {
  expect(TOKEN).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('a token is invalid when any one of its characters is changed', () => {
  for (const position of ['', 'a', 'ab', 'abc']) {
    const token = createPaginationToken('key', 'query', position);
    expect(readPaginationToken('key', 'query', token, z.string())).toBe(position);
    expect(tampered(token)).toHaveLength(2 * token.length);
    for (const other of tampered(token)) expect(readPaginationToken('key', 'query', other, z.unknown())).toBeUndefined();
  }
});

test('a token is invalid when it is truncated or extended', () => {
  for (let length = 0; length < TOKEN.length; length++) expect(read(TOKEN.slice(0, length))).toBeUndefined();
  for (const more of ['A', '=', '==', ' ', '\n', '.', '%', TOKEN]) expect(read(TOKEN + more)).toBeUndefined();
});

test('a token is invalid for another query or key', () => {
  expect(read(TOKEN, 'query2')).toBeUndefined();
  expect(read(TOKEN, '')).toBeUndefined();
  expect(read(TOKEN, 'query', 'key2')).toBeUndefined();
});

test('text cannot be moved from the query to the position', () => {
  const token = createPaginationToken('key', 'a","b', 'c');

  expect(readPaginationToken('key', 'a', token, z.unknown())).toBeUndefined();
  expect(readPaginationToken('key', 'a","b', token, z.unknown())).toBe('c');
});

test('a token is invalid when its position has another shape, such as that of an earlier release', () => {
  expect(read(createPaginationToken('key', 'query', { orderId: 7 }))).toBeUndefined();
  expect(read(createPaginationToken('key', 'query', null))).toBeUndefined();
});

test('any other text is invalid', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64url'))), (token) => {
    expect(read(token)).toBeUndefined();
  }));
});
