import * as fc from 'fast-check';
import { findUnstorable, parseStrictJson, withoutNulls } from '#shared';
import { parsePlainJson } from '../../../../handlers/shared/json/parse-plain-json';
import { ValueHash } from '../../../../handlers/shared/json/value-hash';
import { acceptedOrder } from '../../../support/accepted-values';

const RUNS = { numRuns: 2000 };

const plain = (bytes: string | Buffer) => parsePlainJson(Buffer.from(bytes), new ValueHash(1));

test.each([
  '{"orderId":"a","items":[{"sku":"b","unitPrice":0},{"sku":"b","unitPrice":12.5}]}', '{ "a" : 1,\n "b" : [ "a:b", "::", true, false ] }',
  String.raw`{"a":"line\nline","b":"\"\\\"","c":"\u00fc\ud83d\ude00"}`, '{"ü":"€😀\uF8FF\uFFFD"}', '[1E-7, -0.5, 1e15, 123456789012345]', '{"a":0,"b":-0}', '"text"',
])('%s is plain', (text) => {
  expect(plain(text)).toEqual({ value: JSON.parse(text) });
});

test.each<[string, string | Buffer]>([
  ['it is not JSON', '{"a":1,}'],
  ['it is not UTF-8', Buffer.from('"é"', 'latin1')],
  ['it has half a surrogate pair as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a key is given twice', '{"a":1,"a":1}'],
  ['a key is given twice, once with an escape', String.raw`{"a":1,"\u0061":1}`],
  ['a key is given twice, and escaped quotes are in a text', String.raw`{"a":1,"a":"\"\""}`],
  ['a key is __proto__', '{"__proto__":1}'],
  ['a key is empty', '{"":1}'],
  ['a key is too long', `{"${'a'.repeat(256)}":1}`],
  ['a key has a character that JSON escapes', String.raw`{"a\"":1}`],
  ['a text has half a surrogate pair', String.raw`"\ud800"`],
  ['a text has U+FFFE', '["\uFFFE"]'],
  ['a text has U+FFFF', '["ab\uFFFF"]'],
  ['a number has 16 digits', '[1234567890123456]'],
  ['a number is too large to be stored', '[1e16]'],
  ['a number is too small to be stored', '[1e-101]'],
  ['a number is so small that it became zero', '{"a":1e-400}'],
  ['a number is so small that it became minus zero', '{"a":-1E-400}'],
  ['a value is null', '{"a":[null]}'],
  ['it nests too deep', '['.repeat(25) + ']'.repeat(25)],
  ['it nests so deep that there is no stack for it', '['.repeat(100_000) + ']'.repeat(100_000)],
])('it is not certain when %s', (_, bytes) => {
  expect(plain(bytes)).toBeUndefined();
});

/** Inserts pieces at random places, or in place of as many characters. */
const mutations = fc.array(fc.record({
  at: fc.nat(3000),
  isReplacement: fc.boolean(),
  piece: fc.constantFrom('"', '\\', '\\u0061', '\\"', ':', ',', '0', '1e-400', '1e400', 'null', '{"a":1,"a":2}', '"notes":"x",', '__proto__', '\uFFFE', '9'.repeat(16), '[', ']', ' '),
}), { maxLength: 3 });

const mutated = (text: string, changes: readonly { at: number; isReplacement: boolean; piece: string }[]): string =>
  changes.reduce((before, { at, isReplacement, piece }) => {
    const index = at % (before.length + 1);
    return before.slice(0, index) + piece + before.slice(index + (isReplacement ? piece.length : 0));
  }, text);

/** What is read of a text in all steps; undefined for one that has an error, or a null that a model may take away. */
function readSlowly(text: string): { value: unknown } | undefined {
  const { value, errors } = { value: undefined, ...parseStrictJson(text) };
  return errors || findUnstorable(value).length > 0 || withoutNulls(value) !== value ? undefined : { value };
}

test('whatever is plain is read alike in all steps, for random orders and damaged ones', () => {
  let plainTexts = 0;
  fc.assert(fc.property(fc.oneof(acceptedOrder, fc.jsonValue()), fc.constantFrom(undefined, 1), mutations, (order, indent, changes) => {
    const text = mutated(JSON.stringify(order, undefined, indent), changes);
    const found = plain(text);
    if (!found) return;
    plainTexts++;
    expect(found).toEqual(readSlowly(Buffer.from(text).toString()));
  }), RUNS);
  expect(plainTexts).toBeGreaterThan(RUNS.numRuns / 20);
});

test('duplicate keys are never plain, wherever they are', () => {
  fc.assert(fc.property(acceptedOrder, fc.nat(), (order, choice) => {
    const keys = [...JSON.stringify(order).matchAll(/[{,]"(\w+)":/g)];
    const { index, 1: key, 0: before } = keys[choice % keys.length];
    const text = JSON.stringify(order);
    expect(plain(`${text.slice(0, index)}${before[0]}"${key}":0,${text.slice(index + 1)}`)).toBeUndefined();
  }), { numRuns: 500 });
});
