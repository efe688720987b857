import { ValueHash } from '#shared';
import { parseRawOrder as parseWithHash, type OrderFileFormat, type OrderFileError, type RawOrder } from '../../../../handlers/shared/order-file';

const raw = (bytes: string | Buffer): RawOrder => ({ index: 7, line: 3, offset: 100, bytes: Buffer.from(bytes) });
const parseRawOrder = (order: RawOrder, format: OrderFileFormat) => parseWithHash(order, format, new ValueHash(0));
const codeOf = (bytes: string | Buffer) => parseRawOrder(raw(bytes), 'array').errors?.map(({ code }) => code);

test.each(['{"a":"ü€😀","b":[1,-0.5,true,null]}', ' 5 ', '{"\uFFFD":"\uFFFD"}', '"\\ud800"', '{}'])('%s is parsed', (text) => {
  expect(parseRawOrder(raw(text), 'array')).toMatchObject({ value: JSON.parse(text) });
});

test.each([
  ['a key is given twice', '{"a":1,"a":1}', 'DUPLICATE_KEY'],
  ['a key is __proto__', '{"__proto__":1}', 'FORBIDDEN_KEY'],
  ['a number is beyond every number', '{"a":1e400}', 'INEXACT_NUMBER'],
  ['a number is 2^53 + 1', '{"a":9007199254740993}', 'INEXACT_NUMBER'],
  ['it nests too deep', '['.repeat(33) + ']'.repeat(33), 'TOO_DEEP'],
  ['it is Latin-1', Buffer.from('"é"', 'latin1'), 'INVALID_ENCODING'],
  ['it has half a surrogate pair as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'INVALID_ENCODING'],
  ['it has an overlong character', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'INVALID_ENCODING'],
])('fails when %s, in any format', (_, bytes, code) => {
  expect(codeOf(bytes)).toEqual([code]);
  expect(parseRawOrder(raw(bytes), 'ndjson').errors).toEqual(parseRawOrder(raw(bytes), 'array').errors);
});

test('an error of the encoding has the byte and the line in the file, and the probable encoding', () => {
  expect(parseRawOrder(raw(Buffer.from('{"a":\n"é"}', 'latin1')), 'array').errors![0].message)
    .toBe('the order is not UTF-8: byte 107 of the file (line 4) is 0xe9: the file is probably Windows-1252 or ISO-8859-1; save it as UTF-8');
  expect(parseRawOrder(raw(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), 'array').errors![0].message)
    .toBe('the order is not UTF-8: byte 101 of the file (line 3) is 0xed');
});

test('fails when a line is not JSON, with an error for that line', () => {
  expect(parseRawOrder(raw('{"ü":1,}'), 'ndjson')).toEqual({
    errors: [{ path: '', code: 'INVALID_JSON', message: 'the line is not JSON: error at byte 108 of the file' }],
  });
});

test.each(['array', 'object'] as const)('fails for the whole file when an order in a document is not JSON (%s)', (format) => {
  const parse = () => parseRawOrder(raw('{"ü":\n1,}'), format);

  expect(parse).toThrow('the file is not JSON: syntax error in order 7, which starts at byte 100 (byte 109, line 4)');
  expect(parse).toThrow(expect.objectContaining<Partial<OrderFileError>>({ code: 'INVALID_JSON', offset: 109, line: 4 }));
});
