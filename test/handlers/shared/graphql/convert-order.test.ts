import { fromGraphql, toGraphql } from '#shared';
import type { GraphqlMapping } from '../../../../src/private/contract';

const MAPPING: GraphqlMapping = {
  root: 'Order',
  types: {
    Order: { fields: { lines: 'Line', address: 'AWSJSON', notes: '[AWSJSON]', parent: 'Order' }, others: { field: 'otherFields', known: ['number', 'lines', 'address', 'notes', 'parent'] } },
    Line: { fields: { options: 'AWSJSON' } },
  },
};

const ORDER = {
  'number': '12',
  'lines': [{ article: 'tulip', options: { 'a-b': [1, null] } }, { article: 'rose', options: 'red' }],
  'address': { 'street-name': 'x' },
  'notes': ['text', { of: 'any' }, 3],
  'parent': { number: '11', deep: true },
  'x-channel': { of: [1] },
};

const VALUE = {
  number: '12',
  lines: [{ article: 'tulip', options: '{"a-b":[1,null]}' }, { article: 'rose', options: '"red"' }],
  address: '{"street-name":"x"}',
  notes: ['"text"', '{"of":"any"}', '3'],
  parent: { number: '11', otherFields: '{"deep":true}' },
  otherFields: '{"x-channel":{"of":[1]}}',
};

test('an order has its JSON as text, and the keys that are not fields in a field of their own', () => {
  expect(toGraphql(MAPPING, ORDER)).toEqual(VALUE);
});

test('an order is the same after it was converted to GraphQL and back', () => {
  expect(fromGraphql(MAPPING, VALUE, false)).toEqual({ value: ORDER, errors: [] });
});

test('JSON that AppSync has parsed already is taken as it is', () => {
  expect(fromGraphql(MAPPING, { address: { zip: 1 }, notes: ['not JSON', [1]], otherFields: { x: 1 } }, false))
    .toEqual({ value: { address: { zip: 1 }, notes: ['not JSON', [1]], x: 1 }, errors: [] });
});

test('null stands for an absent field in an order, and removes a field in a patch, also of the others', () => {
  const input = { number: null, lines: null, otherFields: '{"x":null}' };
  expect(fromGraphql(MAPPING, input, false)).toEqual({ value: { x: null }, errors: [] });
  expect(fromGraphql(MAPPING, { ...input, otherFields: null }, true)).toEqual({ value: { number: null, lines: null }, errors: [] });
  expect(fromGraphql(MAPPING, input, true).value).toEqual({ number: null, lines: null, x: null });
});

test('null in an order stays null', () => {
  expect(toGraphql(MAPPING, { number: null, address: null, lines: [null] })).toEqual({ number: null, address: null, lines: [null] });
});

test.each<[string, object, string, string]>([
  ['is ambiguous', { address: '{"a":1,"a":2}' }, '/address/a', 'DUPLICATE_KEY'],
  ['has a key of JavaScript', { lines: [{ options: '{"__proto__":{}}' }] }, '/lines/0/options/__proto__', 'FORBIDDEN_KEY'],
  ['has a field of the type', { otherFields: '{"number":"1"}' }, '/otherFields/number', 'KNOWN_FIELD'],
  ['is not an object', { otherFields: '[1]' }, '/otherFields', 'INVALID_TYPE'],
])('fails when JSON %s, with the path', (_, input, path, code) => {
  expect(fromGraphql(MAPPING, input, false).errors).toMatchObject([{ path, code: expect.stringMatching(code === 'FORBIDDEN_KEY' || code === 'DUPLICATE_KEY' ? /^[A-Z_]+$/ : new RegExp(`^${code}$`)) }]);
});

test('a type that the mapping does not have is left as it is', () => {
  expect(toGraphql(MAPPING, { lines: [1, [{ options: 1 }]] })).toEqual({ lines: [1, [{ options: '1' }]] });
});
