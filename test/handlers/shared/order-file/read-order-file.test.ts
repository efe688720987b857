import { gzipSync } from 'node:zlib';
import { ValueHash } from '#shared';
import { parseRawOrder, readOrderFile } from '../../../../handlers/shared/order-file';
import { opener, readAll, ROOMY, summary } from '../../../support/order-file-bytes';

const bytesOf = (file: string | Buffer): Buffer => (typeof file === 'string' ? Buffer.from(file) : file);

/** Each order's bytes, and the failure, in one chunk and byte by byte; both have to be the same. */
async function read(file: string | Buffer, limits = ROOMY) {
  const whole = await readAll(opener(bytesOf(file)), limits);
  expect(summary(await readAll(opener(bytesOf(file), () => 1), limits))).toEqual(summary(whole));
  return whole;
}
const ordersOf = async (file: string | Buffer) => {
  const { orders, failure } = await read(file);
  expect(failure).toBeUndefined();
  return orders.map(({ bytes }) => bytes.toString());
};

describe('a file of orders', () => {
  test.each([
    ['an array', '[{"a":1},{"b":2}]', ['{"a":1}', '{"b":2}']],
    ['an array with white space everywhere', ' \r\n[ {"a" : 1}\t,\n{"b":2} ] \n', ['{"a" : 1}', '{"b":2}']],
    ['an array of anything', '[1,-2.5e3 ,"a]\\"[",null,true,false,[[],{}],{}]', ['1', '-2.5e3', '"a]\\"["', 'null', 'true', 'false', '[[],{}]', '{}']],
    ['an array without orders', ' [ ] ', []],
    ['an object', '{"orders":[{"a":1},2]}', ['{"a":1}', '2']],
    ['an object on many lines', '{\n"orders" : [\n{"a":1}\n]\n}\n', ['{"a":1}']],
    ['an object without orders in it', '{"orders":[]}', []],
    ['an object with other keys before and after', '{"a":{"orders":[1]},"b":"\\"orders\\":[","orders":[2],"c":[{"orders":3}]}', ['2']],
    ['an object whose key is escaped', '{"\\u006frders":[1]}', ['1']],
    ['an object whose first values have line feeds in them', '{"a":[\n1],"orders":[2]}', ['2']],
    ['one order that spans lines', '\n {\n  "a": 1,\n  "items": [\n    {"orders":[2]}\n  ]\n} \n', ['{\n  "a": 1,\n  "items": [\n    {"orders":[2]}\n  ]\n}']],
    ['one order whose only line feeds are within a value', '{"a":[\n1],"b":2}', ['{"a":[\n1],"b":2}']],
    ['one order with a field "orders" that is not an array', '{"a":1,\n"orders":{"b":[1]}}', ['{"a":1,\n"orders":{"b":[1]}}']],
    ['one order that is empty', '{\n}', ['{\n}']],
    ['lines', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['lines of which the first has a field "orders" that is not an array', '{"orders":null}\n{"orders":1}\n', ['{"orders":null}', '{"orders":1}']],
    ['lines, the last without an end', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['lines with carriage returns, blank ones and white space', '\r\n{"a":1}\r\n\r\n \t\n  {"b":2} \r\n\n', ['{"a":1}', '{"b":2}']],
    ['one line', '{"a":1}', ['{"a":1}']],
    ['lines of anything after the first', '{}\n[1]\n"x"\n2 3\n', ['{}', '[1]', '"x"', '2 3']],
    ['lines of which the first is not JSON', '{"a":1,,}\n{"b":2}\n{"c":3}', ['{"a":1,,}', '{"b":2}', '{"c":3}']],
    ['lines whose orders have a key "orders" further in', '{"a":{"orders":[1]}}\n2', ['{"a":{"orders":[1]}}', '2']],
  ])('may be %s', async (_, file, orders) => {
    expect(await ordersOf(file)).toEqual(orders);
    expect(await ordersOf(`\uFEFF${file}`)).toEqual(orders);
    expect(await ordersOf(gzipSync(file))).toEqual(orders);
    expect(await ordersOf(gzipSync(`\uFEFF${file}`))).toEqual(orders);
  });

  test('can have a first line that is too large for an order or for a value of an object', async () => {
    const { orders } = await read('{"a":"12345678901","b":1}\n{"b":2}', { ...ROOMY, maxOrderSize: 10 });

    expect(orders.map(({ errors, bytes }) => errors?.[0].code ?? bytes.toString())).toEqual(['ORDER_TOO_LARGE', '{"b":2}']);
  });

  test('has the location of each order', async () => {
    const { orders } = await read('\uFEFF\n[{"ü":\n1},\n\n 2,"\u20ac"]');

    expect(orders.map(({ index, offset, line }) => [index, offset, line])).toEqual([[0, 5, 2], [1, 18, 5], [2, 20, 5]]);
  });

  test('has the location of each line', async () => {
    const { orders } = await read('{}\r\n\n  {"ü":1}\n3');

    expect(orders.map(({ index, offset, line }) => [index, offset, line])).toEqual([[0, 0, 1], [1, 7, 3], [2, 16, 4]]);
  });

  test('has the position after each part', async () => {
    const next = async (file: string | Buffer) => (await readAll(opener(bytesOf(file)))).parts.at(-1)!.next;

    expect(await next('\n[1,\n{} ]')).toEqual({ encoding: 'identity', format: 'array', offset: 7, index: 2, line: 3 });
    expect(await next(gzipSync('{"orders":[1]\n}'))).toEqual({ encoding: 'gzip', format: 'object', offset: 12, index: 1, line: 1 });
    expect(await next('{}\n{}\r\n')).toEqual({ encoding: 'identity', format: 'ndjson', offset: 7, index: 2, line: 3 });
    expect(await next('{}\n{}')).toEqual({ encoding: 'identity', format: 'ndjson', offset: 5, index: 2, line: 2 });
  });

  test('has small parts, for chunks of any size', async () => {
    const { parts } = await readAll(opener(Buffer.from(`[${'1,'.repeat(200_000)}1]`)));

    expect(Math.max(...parts.map(({ orders }) => orders.length))).toBeLessThan(40_000);
    expect(parts.flatMap(({ orders }) => orders)).toHaveLength(200_001);
  });
});

describe('the whole file is rejected', () => {
  const EMPTY = 'the file is empty';
  const START = "expected '[' of an array or '{' of an object (CSV needs the prop `csv`), found";
  test.each<[string, string | Buffer, code: string, offset: number, line: number, message: string]>([
    ['it has no bytes', '', 'EMPTY_FILE', 0, 1, EMPTY],
    ['it is white space', ' \n\t', 'EMPTY_FILE', 3, 2, EMPTY],
    ['it is a byte order mark', '\uFEFF', 'EMPTY_FILE', 3, 1, EMPTY],
    ['it is nothing, compressed', gzipSync(''), 'EMPTY_FILE', 0, 1, EMPTY],
    ['half a byte order mark begins it', Buffer.from([0xef, 0xbb, 0x5b, 0x5d]), 'NOT_UTF8', 0, 1, 'byte 0xef'],
    ['it ends within a byte order mark', Buffer.from([0xef, 0xbb]), 'NOT_UTF8', 0, 1, 'byte 0xef'],
    ['it has a second byte order mark', '\uFEFF\uFEFF[]', 'INVALID_JSON', 3, 1, `${START} byte 0xef`],
    ['a byte order mark comes after white space', ' \uFEFF[]', 'INVALID_JSON', 1, 1, `${START} byte 0xef`],
    ['bytes that are not UTF-8 stand between orders', Buffer.from('[1,\n2 é]', 'latin1'), 'NOT_UTF8', 6, 2, 'byte 0xe9 is not part of a character: the file is probably Windows-1252'],
    ['it ends within a character', Buffer.from([0x5b, 0x31, 0x20, 0xf0, 0x9f, 0x98]), 'NOT_UTF8', 3, 1, 'byte 0xf0'],
    ['another value holds bytes that are not UTF-8', Buffer.from('{"orders":[],\n"a":"é"}', 'latin1'), 'NOT_UTF8', 19, 2, 'byte 0xe9 in a key or value: the file is probably Windows-1252 or ISO-8859-1; save it as UTF-8'],
    ['a character stands between orders', '[1 €]', 'INVALID_JSON', 3, 1, "expected ',' or ']' after an order, found byte 0xe2"],
    ['a control character stands between orders', '[1 \u0007]', 'INVALID_JSON', 3, 1, "expected ',' or ']' after an order, found byte 0x07"],
    ['a control character follows a number', '[1\u0007]', 'INVALID_JSON', 2, 1, 'order 0, which starts at byte 1'],
    ['it is a number', '5', 'INVALID_JSON', 0, 1, `${START} '5'`],
    ['it is a table', '\norderId;total\n', 'INVALID_JSON', 1, 2, `${START} 'o'`],
    ['a comma is too many', '[1,]', 'INVALID_JSON', 3, 1, "expected an order, found ']'"],
    ['a comma comes first', '[,1]', 'INVALID_JSON', 1, 1, "expected an order or ']', found ','"],
    ['a comma comes twice', '[1,\n,2]', 'INVALID_JSON', 4, 2, "expected an order, found ','"],
    ['a comma is missing', '[1 2]', 'INVALID_JSON', 3, 1, "expected ',' or ']' after an order, found '2'"],
    ['a comma is missing between objects', '[{}{}]', 'INVALID_JSON', 3, 1, "expected ',' or ']' after an order, found '{'"],
    ['a comma is missing after a number', '[1[2]]', 'INVALID_JSON', 2, 1, "expected ',' or ']' after an order, found '['"],
    ['a brace closes the array', '[{}}', 'INVALID_JSON', 3, 1, "found '}'"],
    ['a second array follows', '[1]\n[2]', 'INVALID_JSON', 4, 2, "expected the end of the file, found '['"],
    ['something follows the object', '{"orders":[]} x', 'INVALID_JSON', 14, 1, "the end of the file, found 'x'"],
    ['an order is not JSON', '[1,\n{"a":\n1,}]', 'INVALID_JSON', 12, 3, 'order 1, which starts at byte 4'],
    ['an order is not a word of JSON', '[1,\n nil]', 'INVALID_JSON', 5, 2, 'order 1, which starts at byte 5'],
    ['brackets do not match', '[{"a":1]]', 'INVALID_JSON', 7, 1, 'order 0'],
    ['another order follows one that spans lines', '{"a":1,\n"b":2}\n{"a":2}', 'INVALID_JSON', 15, 3, 'several such orders belong in an array), found \'{\''],
    ['one order is not JSON', '{"a":1,\n"b":nil}', 'INVALID_JSON', 12, 2, 'syntax error in the key or value that starts here'],
    ['one order ends too early', '{"a":1,\n"b":2', 'TRUNCATED', 13, 2, 'within a value that starts at byte 12'],
    ['one order lacks its last bracket', '{"a":1,\n"b":2 ', 'TRUNCATED', 14, 2, "expected ',' or '}' after a value"],
    ['the key orders is there twice, first without an array', '{"orders":1,\n"orders":[2]}', 'INVALID_JSON', 13, 2, 'the key "orders" occurs twice'],
    ['the key orders is there twice, then without an array', '{"orders":[2],\n"orders":1}', 'INVALID_JSON', 15, 2, 'the key "orders" occurs twice'],
    ['the key orders is there twice', '{"orders":[1],\n"orders":[2]}', 'INVALID_JSON', 15, 2, 'the key "orders" occurs twice'],
    ['the key orders is there twice in two spellings', '{"orders":[1],"\\u006frders":[2]}', 'INVALID_JSON', 14, 1, 'the key "orders" occurs twice'],
    ['a colon is missing', '{"orders"[]}', 'INVALID_JSON', 9, 1, "expected ':' after a key, found '['"],
    ['another colon is missing', '{"orders":[],"a" 1}', 'INVALID_JSON', 17, 1, "expected ':' after a key, found '1'"],
    ['a key is missing', '{"orders":[],}', 'INVALID_JSON', 13, 1, "expected a key, found '}'"],
    ['a key is not text', '{"orders":[],1:2}', 'INVALID_JSON', 13, 1, "expected a key, found '1'"],
    ['a value is missing', '{"orders":[],"a":}', 'INVALID_JSON', 17, 1, "expected a value, found '}'"],
    ['a value is not JSON', '{"orders":[],\n"a":tru}', 'INVALID_JSON', 18, 2, 'syntax error in the key or value that starts here'],
    ['a key is not JSON', '{"orders":[],"\\x":1}', 'INVALID_JSON', 13, 1, 'syntax error in the key or value that starts here'],
    ['a value is not JSON in an object that spans lines', '{\n"a":tru,"orders":[1]}', 'INVALID_JSON', 6, 2, 'the key or value'],
    ['a member does not end', '{"orders":[] "a":1}', 'INVALID_JSON', 13, 1, "expected ',' or '}' after a value, found '\"'"],
    ['it is one line, an object that is not JSON', '{"a":tru,"orders":[1]}', 'INVALID_JSON', 5, 1, 'syntax error in the key or value that starts here'],
    ['it ends after the bracket', '[', 'TRUNCATED', 1, 1, "expected an order or ']'"],
    ['it ends after a comma', '[1,\n', 'TRUNCATED', 4, 2, 'expected an order'],
    ['it ends after an order', '[{}', 'TRUNCATED', 3, 1, "expected ',' or ']' after an order"],
    ['it ends within an order', '[1,{"a":\n', 'TRUNCATED', 9, 2, 'within a value that starts at byte 3, line 1'],
    ['it ends within a number', '[1', 'TRUNCATED', 2, 1, 'within a value that starts at byte 1'],
    ['it ends within an escape', '["\\', 'TRUNCATED', 3, 1, 'within a value that starts at byte 1'],
    ['the object is not closed', '{"orders":[1]', 'TRUNCATED', 13, 1, "expected ',' or '}' after a value"],
    ['the only line ends too early', '{"a":1', 'TRUNCATED', 6, 1, 'within a value that starts at byte 5'],
  ])('fails when %s', async (_, file, code, offset, line, message) => {
    const { orders, parts, failure } = await read(file);
    const parse = () => orders.forEach((order) => parseRawOrder(order, parts[0].next.format, new ValueHash(0)));
    const error = failure ?? thrownBy(parse);

    expect(error).toMatchObject({ name: 'OrderFileError', code, offset, line });
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain(`(byte ${offset}, line ${line})`);
  });

  test('fails when another value exceeds the maximum order size', async () => {
    const { failure } = await read('{"a":"12345678",\n"b":"123456789",\n"orders":[1]}', { ...ROOMY, maxOrderSize: 10 });

    expect(failure).toMatchObject({ code: 'VALUE_TOO_LARGE', offset: 21, line: 2 });
  });

  test('fails when another value on the first line exceeds the maximum order size, and the key orders follows', async () => {
    const { orders, failure } = await read('{"b":"123456789","orders":[1]}', { ...ROOMY, maxOrderSize: 10 });

    expect([failure, orders]).toMatchObject([{ code: 'VALUE_TOO_LARGE', offset: 5, line: 1 }, []]);
  });

  test('fails after the maximum number of orders', async () => {
    const limits = { ...ROOMY, maxOrders: 2 };

    expect(await read('[1,2]', limits)).toMatchObject({ orders: [{}, {}], failure: undefined });
    expect(await read('[1,2,\n3]', limits)).toMatchObject({ orders: [{}, {}], failure: { code: 'TOO_MANY_ORDERS', offset: 6, line: 2 } });
    expect(await read('{}\n{}\n\n', limits)).toMatchObject({ orders: [{}, {}], failure: undefined });
    expect(await read('{}\n{}\n {}', limits)).toMatchObject({ orders: [{}, {}], failure: { code: 'TOO_MANY_ORDERS', offset: 7, line: 3 } });
  });

  test.each([['plain', Buffer.from('[1,\n2] ')], ['compressed', gzipSync('[1,\n2] ')]])('fails when it exceeds the limit by one byte, %s', async (_, file) => {
    expect(await read(file, { ...ROOMY, maxFileSize: 7 })).toMatchObject({ orders: [{}, {}], failure: undefined });
    expect(await read(file, { ...ROOMY, maxFileSize: 6 })).toMatchObject({ orders: [{}, {}], failure: { code: 'FILE_TOO_LARGE', offset: 6, line: 2 } });
    expect(await read(file, { ...ROOMY, maxFileSize: 4 })).toMatchObject({ orders: [{}], failure: { code: 'FILE_TOO_LARGE', offset: 4, line: 2 } });
  });
});

const thrownBy = (action: () => void): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('one order is rejected', () => {
  const limits = { ...ROOMY, maxOrderSize: 10 };
  const tooLarge = { bytes: Buffer.alloc(0), errors: [{ path: '', code: 'ORDER_TOO_LARGE', message: 'an order in a file must have at most 10 bytes' }] };

  test('fails when it is too large; other orders do not', async () => {
    const { orders, failure } = await read('["12345678","123456789",{"a":"]\\"\n}"},3]', limits);

    expect(failure).toBeUndefined();
    expect(orders).toEqual([
      { index: 0, offset: 1, line: 1, bytes: Buffer.from('"12345678"') },
      { index: 1, offset: 12, line: 1, ...tooLarge },
      { index: 2, offset: 24, line: 1, ...tooLarge },
      { index: 3, offset: 38, line: 2, bytes: Buffer.from('3') },
    ]);
    expect(parseRawOrder(orders[1], 'array', new ValueHash(0))).toEqual({ errors: tooLarge.errors });
  });

  test.each([
    ['it is the only one of the file', '{\n"a":12345678}', 0],
    ['a value of it exceeds the limit on its own, and a line feed follows', ' {"a":"1234567890",\n"b":[]}', 1],
    ['it comes in many chunks', `{\n"a":"${'x'.repeat(200_000)}"}\n`, 0],
  ])('fails when %s and is too large', async (_, file, offset) => {
    const { orders, parts, failure } = await read(file, limits);

    expect(failure).toBeUndefined();
    expect(orders).toEqual([{
      index: 0,
      offset,
      line: 1,
      bytes: Buffer.alloc(0),
      errors: [{ ...tooLarge.errors[0], message: `the object has no array "orders" and is therefore one order: ${tooLarge.errors[0].message}` }],
    }]);
    expect(parts.at(-1)!.next).toMatchObject({ format: 'order', index: 1 });
  });

  test('fails when its line is too large, not counting the line ending', async () => {
    const { orders, failure } = await read('{"a":1234}\r\n{"a":12345}\n{"a":12345678}\n{"b":1234}', limits);

    expect(failure).toBeUndefined();
    expect(orders).toEqual([
      { index: 0, offset: 0, line: 1, bytes: Buffer.from('{"a":1234}') },
      { index: 1, offset: 12, line: 2, ...tooLarge },
      { index: 2, offset: 24, line: 3, ...tooLarge },
      { index: 3, offset: 39, line: 4, bytes: Buffer.from('{"b":1234}') },
    ]);
  });
});

describe('reading resumes', () => {
  const files: [string, string][] = [
    ['an array', '\uFEFF [1,\n{"a":"]"} , "3"\n,[4]]\n'],
    ['an object', '{"x":1,\n"orders":[1,{"a":2},\n3] , "y":{"orders":[]}\n}'],
    ['one order that spans lines', '\uFEFF{"x":1,\n"y":[2]\n} \n'],
    ['lines', '\uFEFF\n{"a":1}\r\n\n 2\n"3"\n4'],
  ];
  describe.each(files)('in %s', (_, text) => {
    test.each([['plain', Buffer.from(text)], ['compressed', gzipSync(text)]])('after every order, %s', async (__, file) => {
      const whole = await read(text);
      for (const size of [1, 3, 1000]) {
        for (const { next } of (await readAll(opener(file, () => size))).parts) {
          const rest = await read2(file, next);
          expect(summary(rest)).toEqual(summary({ ...whole, orders: whole.orders.slice(next.index) }));
        }
      }
    });
  });
  const read2 = (file: Buffer, next: Parameters<typeof readAll>[2]) => readAll(opener(file, () => 2), ROOMY, next);

  test('at the position in an uncompressed file, and at the start of a compressed one', async () => {
    const from: number[] = [];
    const at = (encoding: 'identity' | 'gzip') => readAll((offset) => {
      from.push(offset);
      return opener(encoding === 'gzip' ? gzipSync('[1,2]') : Buffer.from('[1,2]'))(offset);
    }, ROOMY, { encoding, format: 'array', offset: 2, index: 1, line: 1 });

    expect(summary(await at('identity'))).toEqual(summary(await at('gzip')));
    expect(from).toEqual([2, 0]);
  });

  test('with the limits of the whole file', async () => {
    const position = { encoding: 'identity', format: 'array', offset: 2, index: 1, line: 1 } as const;
    const reading = (limits: Partial<typeof ROOMY>) => readAll(opener(Buffer.from('[1,2]')), { ...ROOMY, ...limits }, position);

    expect((await reading({ maxOrders: 1 })).failure).toMatchObject({ code: 'TOO_MANY_ORDERS', offset: 3 });
    expect((await reading({ maxFileSize: 4 })).failure).toMatchObject({ code: 'FILE_TOO_LARGE', offset: 4 });
    expect((await reading({ maxFileSize: 1 })).failure).toMatchObject({ code: 'FILE_TOO_LARGE', offset: 2 });
    expect((await reading({ maxFileSize: 5, maxOrders: 2 })).failure).toBeUndefined();
  });

  test('and fails when the rest of the object is invalid', async () => {
    const position = { encoding: 'identity', format: 'object', offset: 12, index: 1, line: 1 } as const;

    expect((await readAll(opener(Buffer.from('{"orders":[1],"orders":[]}')), ROOMY, position)).failure).toMatchObject({ code: 'INVALID_JSON', offset: 14 });
    expect((await readAll(opener(Buffer.from('{"orders":[1]')), ROOMY, position)).failure).toMatchObject({ code: 'TRUNCATED', offset: 13 });
  });
});

describe('the download', () => {
  test('stops when the reader stops', async () => {
    let isClosed = false;
    async function* open() {
      try {
        for (;;) yield Buffer.from('[1,1,');
      } finally {
        isClosed = true;
      }
    }
    for await (const part of readOrderFile(open, ROOMY)) {
      expect(part.orders).toHaveLength(2);
      break;
    }

    expect(isClosed).toBe(true);
  });

  test.each(['identity', 'gzip'])('fails with its own error, not an error of the file (%s)', async (encoding) => {
    const readError = Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });
    const bytes = encoding === 'gzip' ? gzipSync('[1,2,3]') : Buffer.from('[1,2,3]');
    async function* open() {
      yield bytes.subarray(0, 4);
      throw readError;
    }

    expect((await readAll(open)).failure).toBe(readError);
  });
});
