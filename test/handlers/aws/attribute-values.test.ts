import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { fromAttributes, toAttributes } from '../../../handlers/aws/attribute-values';

const stored = (item: object): string => JSON.stringify(fromAttributes(toAttributes(item)));

describe('an item of JSON values', () => {
  // util-dynamodb cannot store these keys, and stores numbers beyond 2^53 only as text.
  const isOrdinary = (value: unknown) => !/"(constructor|__proto__)"|e\+|\d{17}/.test(JSON.stringify(value));
  const item = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })).map((value) => JSON.parse(JSON.stringify(value)) as object);

  test('has the attributes that util-dynamodb gives it', () => {
    fc.assert(fc.property(item.filter(isOrdinary), (value) => {
      expect(toAttributes(value)).toEqual(marshall(value));
      expect(fromAttributes(marshall(value))).toEqual(unmarshall(marshall(value)));
    }));
  });

  test.each([
    '{"constructor":"a"}', '{"a":{"constructor":{"name":"Set"}}}', '{"a":{"constructor":{"name":"Map"}}}', '{"a":[{"constructor":null}]}',
    '{"__proto__":"a"}', '{"a":{"__proto__":{"b":1}}}', '{"a":{"toString":1,"valueOf":2,"toJSON":3}}', '{"a":{"S":"b","M":{"N":"1"}}}',
    '{"a":{"wrapperName":1}}', '{"a":{"":""}}', '{"a":[[],{},null,"",0,false]}', '{"a":9007199254740991,"b":-0.1,"c":1e-100}',
  ])('%s is returned as it was stored', (text) => {
    expect(stored(JSON.parse(text))).toBe(text);
  });

  test('has no attributes for undefined fields', () => {
    expect(toAttributes({ a: undefined, b: { c: undefined, d: 1 } })).toEqual({ b: { M: { d: { N: '1' } } } });
  });
});

test.each([2 ** 53, -(2 ** 60), 1e300, Infinity, -Infinity, NaN])('fails for the number %d, which cannot be stored exactly', (number) => {
  expect(() => toAttributes({ a: [{ b: number }] })).toThrow(RangeError);
});

test('fails for a stored number that JavaScript cannot represent exactly', () => {
  expect(() => fromAttributes({ a: { L: [{ M: { b: { N: '9007199254740993.5' } } }] } })).toThrow(RangeError);
});

test.each([['a function', () => 1], ['a bigint', 1n], ['a symbol', Symbol('a')]])('fails for %s, which is not a JSON value', (_, value) => {
  expect(() => toAttributes({ a: value })).toThrow(/is not a JSON value/);
});
