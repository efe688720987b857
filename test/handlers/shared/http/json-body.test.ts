import { jsonBody, MERGE_PATCH_TYPES } from '#shared';
import { apiRequest } from '../../../support/api-request';

const request = (body: string | null, changes: Record<string, unknown> = {}) =>
  apiRequest({ body, headers: { 'content-type': 'application/json' }, ...changes });

const base64 = (bytes: Buffer) => request(bytes.toString('base64'), { isBase64Encoded: true });

const problem = (status: number, code: string, errorCode?: string) =>
  expect.objectContaining({ status, code, ...(errorCode ? { errors: [expect.objectContaining({ code: errorCode })] } : {}) });

test('a JSON body is parsed', () => {
  expect(jsonBody(request('{"a":["☕"]}'), 100)).toEqual({ a: ['☕'] });
});

test('a body can be base64', () => {
  expect(jsonBody(base64(Buffer.from('{"a":"☕"}')), 100)).toEqual({ a: '☕' });
});

test.each(['application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8', ' application/json '])('the media type can be %j', (type) => {
  expect(jsonBody(request('1', { headers: { 'Content-Type': type } }), 100)).toBe(1);
});

test.each([undefined, '', 'text/json', 'application/jsonx', 'application/problem+json', 'application/x-www-form-urlencoded'])(
  'fails with 415 when the media type is %j', (type) => {
    expect(() => jsonBody(request('1', { headers: { 'Content-Type': type } }), 100)).toThrow(problem(415, 'unsupported-media-type'));
  });

describe('a merge patch', () => {
  const read = (type: string) => jsonBody(request('1', { headers: { 'Content-Type': type } }), 100, MERGE_PATCH_TYPES);

  test.each(['application/merge-patch+json', 'Application/Merge-Patch+JSON; charset=utf-8', 'application/json'])('may come as %s', (type) => {
    expect(read(type)).toBe(1);
  });

  test.each(['application/json-patch+json', 'application/merge-patch', 'text/plain', ''])('fails with 415 when it comes as %j', (type) => {
    expect(() => read(type)).toThrow(problem(415, 'unsupported-media-type'));
    expect(() => read(type)).toThrow('application/merge-patch+json or application/json');
  });

  test('fails with 415 where none is taken', () => {
    expect(() => jsonBody(request('1', { headers: { 'Content-Type': 'application/merge-patch+json' } }), 100)).toThrow(problem(415, 'unsupported-media-type'));
  });
});

test('fails with 415 when there are no headers', () => {
  expect(() => jsonBody(request('1', { headers: null }), 100)).toThrow(problem(415, 'unsupported-media-type'));
});

test('a body can have the maximum size', () => {
  expect(jsonBody(request('"☕"'), 5)).toBe('☕');
});

test.each([['text', request('"☕"')], ['base64', base64(Buffer.from('"☕"'))]])('fails with 413 when a body of %s has one byte more', (_, event) => {
  expect(() => jsonBody(event, 4)).toThrow(problem(413, 'body-too-large'));
  expect(() => jsonBody(event, 4)).toThrow('the body has 5 bytes; the limit is 4');
});

test.each([['text', request('"\uFFFD"')], ['base64', base64(Buffer.from('"\uFFFD"'))]])('a body of %s can contain U+FFFD', (_, event) => {
  expect(jsonBody(event, 100)).toBe('\uFFFD');
});

test.each([
  ['is missing', request(null), 'INVALID_JSON'],
  ['is empty', request(''), 'INVALID_JSON'],
  ['is not JSON', request('{'), 'INVALID_JSON'],
  ['has bytes that are not UTF-8', base64(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 'INVALID_ENCODING'],
  ['has half a surrogate pair', request('"\ud800"'), 'INVALID_ENCODING'],
  ['has a key twice', request('{"a":1,"a":2}'), 'DUPLICATE_KEY'],
])('fails with 400 when the body %s', (_, event, errorCode) => {
  expect(() => jsonBody(event, 100)).toThrow(problem(400, 'invalid-json', errorCode));
});
