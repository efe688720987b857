import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { CSV_COLUMN_TYPE, type CsvFormat } from '../../../../../src/private/contract';
import { csvFormat, csvText } from '../../../../support/csv-format';
import { opener, readAll, ROOMY, summary } from '../../../../support/order-file-bytes';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const limitsOf = (changes: Partial<CsvFormat> = {}, limits: Partial<typeof ROOMY> = {}) => ({ ...ROOMY, ...limits, csv: csvFormat(changes) });

/** Reads a file in one chunk and byte by byte; both have to be the same. */
async function read(file: string | Buffer, limits = limitsOf()) {
  const bytes = Buffer.from(file as string);
  const whole = await readAll(opener(bytes), limits);
  expect(summary(await readAll(opener(bytes, () => 1), limits))).toEqual(summary(whole));
  return whole;
}

async function ordersOf(file: string | Buffer, limits = limitsOf()): Promise<unknown[]> {
  const { orders, failure } = await read(file, limits);
  expect(failure).toBeUndefined();
  return orders.map(({ bytes, errors }) => errors ?? JSON.parse(bytes.toString()));
}

const HEADER = ['number', 'customer', 'currency', 'sku', 'qty', 'price', 'title', 'notes', 'city', 'gift'];
const ROWS = [
  HEADER,
  ['o-1', 'c-1', 'EUR', 'mug', '2', '12.50', 'Mug', '', 'Köln', 'true'],
  ['o-1', 'c-1', 'EUR', 'tea', '0.5', '9', '', 'ring "twice",\r\nplease', '', ''],
  ['o-2', '', 'USD', '007', '1', '0.05', '', '', '', 'false'],
];
const ORDERS = [
  {
    orderId: 'o-1',
    customerId: 'c-1',
    currency: 'EUR',
    notes: 'ring "twice",\r\nplease',
    shippingAddress: { city: 'Köln' },
    attributes: { gift: true },
    items: [{ sku: 'mug', quantity: 2, unitPrice: 1250, name: 'Mug' }, { sku: 'tea', quantity: 0.5, unitPrice: 900 }],
  },
  { orderId: 'o-2', currency: 'USD', attributes: { gift: false }, items: [{ sku: '007', quantity: 1, unitPrice: 5 }] },
];

describe('a CSV file', () => {
  test.each<[string, string]>([
    ['with commas', csvText(ROWS)],
    ['with semicolons', csvText(ROWS, ';')],
    ['with tabs', csvText(ROWS, '\t')],
    ['with lines of Windows', csvText(ROWS, ';', '\r\n')],
    ['without an end of its last line', csvText(ROWS).trimEnd()],
    ['with blank lines and rows of empty cells', `\n\r\n${csvText([ROWS[0], ROWS[1], Array(10).fill(''), ROWS[2]])}\n\r\n,,,,,,,,,\n${csvText([ROWS[3]])}\n""\n`],
    ['with quotes around every cell', ROWS.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')],
    ['with spaces around the names of its columns', csvText([HEADER.map((name) => ` ${name} `), ...ROWS.slice(1)])],
  ])('is read %s', async (_, text) => {
    expect(await ordersOf(text)).toEqual(ORDERS);
    expect(await ordersOf(`\uFEFF${text}`)).toEqual(ORDERS);
    expect(await ordersOf(gzipSync(text))).toEqual(ORDERS);
  });

  test('has a delimiter of its own if the app sets one', async () => {
    expect(await ordersOf(csvText(ROWS, '|'), limitsOf({ delimiter: '|' }))).toEqual(ORDERS);
    expect((await read(csvText(ROWS, ';'), limitsOf({ delimiter: ',' }))).failure).toMatchObject({ code: 'INVALID_HEADER' });
  });

  test('has decimal commas if the app sets them', async () => {
    const rows = ROWS.map((row) => row.map((cell) => cell.replace(/^(\d+)\.(\d+)$/, '$1,$2')));

    expect(await ordersOf(csvText(rows, ';'), limitsOf({ decimalSeparator: ',' }))).toEqual(ORDERS);
  });

  test('can have its columns in any sequence, without the optional ones, and with ignored ones', async () => {
    const rows = [['sku', 'comment', 'price', 'qty', 'currency', 'number', 'customer'], ['mug', 'x"y', '1', '1', 'EUR', 'o-1', 'c']];

    expect(await ordersOf(csvText(rows))).toEqual([{ orderId: 'o-1', customerId: 'c', currency: 'EUR', items: [{ sku: 'mug', quantity: 1, unitPrice: 100 }] }]);
  });

  test('has no orders when it is a header', async () => {
    expect(await read(csvText([HEADER]))).toMatchObject({ orders: [], parts: [], failure: undefined });
    expect(await read(csvText([HEADER]).trimEnd())).toMatchObject({ orders: [], failure: undefined });
  });

  test('has one order per row when no column is of line items', async () => {
    const columns: CsvFormat['columns'] = [['id', CSV_COLUMN_TYPE.ORDER_ID, '/number', false, 0], ['buyer', CSV_COLUMN_TYPE.TEXT, '/buyer/id', false, 0]];

    expect(await ordersOf('id,buyer\n1,a\n1,a\n', limitsOf({ columns }))).toEqual([{ number: '1', buyer: { id: 'a' } }, { number: '1', buyer: { id: 'a' } }]);
  });

  test('has the location of each order, and of the position after it, where the next order starts', async () => {
    const text = `\uFEFF${csvText(ROWS)}`;
    const { orders, parts } = await readAll(opener(Buffer.from(text), () => 1), limitsOf());
    const start = (id: string) => Buffer.byteLength(text.slice(0, text.indexOf(id)));

    expect(orders.map(({ index, offset, line }) => [index, offset, line])).toEqual([[0, start('o-1'), 2], [1, start('o-2'), 5]]);
    expect(parts.map(({ next }) => next)).toEqual([
      { encoding: 'identity', format: 'csv', offset: start('o-2'), index: 1, line: 5, header: { delimiter: ',', names: HEADER } },
      { encoding: 'identity', format: 'csv', offset: Buffer.byteLength(text), index: 2, line: 6, header: { delimiter: ',', names: HEADER } },
    ]);
  });

  test('has rows of an order apart from each other as two orders', async () => {
    expect((await ordersOf(csvText([ROWS[0], ROWS[1], ROWS[3], ROWS[2]]))).map((order) => (order as { orderId: string }).orderId)).toEqual(['o-1', 'o-2', 'o-1']);
  });

  test('has an order of its own for each row without an order ID', async () => {
    const row = ['', 'c', 'EUR', 'mug', '1', '1', '', '', '', ''];

    expect(await ordersOf(csvText([HEADER, row, row]))).toHaveLength(2);
  });

  test('has no line item for a row without cells of line items', async () => {
    const rows = [HEADER, ['o-1', 'c', 'EUR', '', '', '', '', 'note', '', ''], ['o-1', '', '', 'mug', '1', '1', '', '', '', '']];

    expect(await ordersOf(csvText(rows))).toEqual([{ orderId: 'o-1', customerId: 'c', currency: 'EUR', notes: 'note', items: [{ sku: 'mug', quantity: 1, unitPrice: 100 }] }]);
  });
});

describe('an order is rejected', () => {
  test('fails when cells are of another type, or rows differ, with all errors and their columns and lines', async () => {
    const { orders } = await read(csvText([
      HEADER,
      ['o-1', 'c-1', 'EUR', 'mug', 'two', '12,50', '', '', '', 'yes'],
      ['o-1', 'c-2', 'EUR', 'tea', '1', '1.999', '', '', '', ''],
      ['o-2', 'c-1', 'EUR', 'mug', '1', '1', '', '', '', ''],
    ], ';'));

    expect(orders).toMatchObject([{ index: 0, line: 2, orderId: 'o-1', bytes: Buffer.alloc(0) }, { index: 1, line: 4 }]);
    expect(orders[1].errors).toBeUndefined();
    const decimals = 'must be an amount with at most 2 decimals such as 18.90, without signs for thousands or currency';
    expect(orders[0].errors).toEqual([
      { path: '/items/0/quantity', code: 'INVALID_TYPE', message: 'column qty of the row in line 2 must be a number such as 12 or 0.5, without signs for thousands or currency' },
      { path: '/items/0/unitPrice', code: 'INVALID_TYPE', message: `column price of the row in line 2 ${decimals}` },
      { path: '/attributes/gift', code: 'INVALID_TYPE', message: 'column gift of the row in line 2 must be true or false' },
      { path: '/customerId', code: 'CONFLICTING_ROWS', message: 'column customer of the row in line 3 must be the same in all rows of an order' },
      { path: '/items/1/unitPrice', code: 'INVALID_TYPE', message: `column price of the row in line 3 ${decimals}` },
    ]);
  });

  test('fails when a row is not UTF-8, with the byte and the line', async () => {
    const text = csvText([HEADER, ['o-1', 'c', 'EUR', 'mug', '1', '1', 'a\nb é', '', '', ''], ['o-2', 'c', 'EUR', 'mug', '1', '1', '', '', '', '']]);
    const { orders } = await read(Buffer.from(text, 'latin1'));

    expect(orders.map(({ errors }) => errors?.map(({ code, message }) => [code, message]))).toEqual([[[
      'INVALID_ENCODING',
      `the row is not UTF-8: byte ${text.indexOf('é')} of the file (line 3) is 0xe9: the file is probably Windows-1252 or ISO-8859-1; save it as UTF-8`,
    ]], undefined]);
  });

  test('fails when it is too large, however many rows it has', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => ['o-1', 'c', 'EUR', `sku-${n}`, '1', '1', '', '', '', '']);
    const { orders, failure } = await read(csvText([HEADER, ...rows, ['o-2', 'c', 'EUR', 'mug', '1', '1', '', '', '', '']]), limitsOf({}, { maxOrderSize: 20_000 }));

    expect(failure).toBeUndefined();
    expect(orders.map(({ errors }) => errors?.map(({ code }) => code))).toEqual([['ORDER_TOO_LARGE'], undefined]);
  });

  test('fails when it is too large, and does not fill the memory with its rows', async () => {
    const used: number[] = [];
    async function* open() {
      yield Buffer.from(csvText([HEADER]));
      for (let n = 0; n < 20; n++) {
        if (n === 2 || n === 19) {
          collectGarbage();
          used.push(process.memoryUsage().heapUsed);
        }
        yield Buffer.from(csvText(Array.from({ length: 10_000 }, () => ['o-1', 'c', 'EUR', 'x'.repeat(40), '1', '1', '', '', '', ''])));
      }
    }
    const { orders } = await readAll(open, limitsOf({}, { maxOrderSize: 20_000 }));

    expect(orders).toMatchObject([{ errors: [{ code: 'ORDER_TOO_LARGE' }] }]);
    expect(used[1] - used[0]).toBeLessThan(10e6);
  });

  test('fails when one byte is too much', async () => {
    const text = csvText([HEADER, ROWS[3]]);
    const size = (await read(text)).orders[0].bytes.length;

    expect((await read(text, limitsOf({}, { maxOrderSize: size }))).orders[0].errors).toBeUndefined();
    expect((await read(text, limitsOf({}, { maxOrderSize: size - 1 }))).orders[0].errors).toMatchObject([{ code: 'ORDER_TOO_LARGE' }]);
  });

  test('has a bounded number of errors', async () => {
    const rows = Array.from({ length: 500 }, () => ['o-1', 'c', 'EUR', 'mug', 'x', 'y', '', '', '', '']);

    expect((await read(csvText([HEADER, ...rows]))).orders[0].errors).toHaveLength(100);
  });
});

describe('the whole file is rejected', () => {
  const row = ['o-1', 'c', 'EUR', 'mug', '1', '1', '', '', '', ''];
  const head = csvText([HEADER]);
  test.each<[string, string | Buffer, code: string, offset: number, line: number, message: string]>([
    ['it is text', 'hello world\n', 'INVALID_HEADER', 0, 1, 'the file is not JSON, and its first row is not the header of CSV: it has no column "number", separated by , ; tab'],
    ['its header lacks columns', 'number,sku,qty\n', 'INVALID_HEADER', 0, 1, 'the header lacks columns: "currency", "customer", "price"'],
    ['its header has other columns', `\n${head.trim()},Größe,"a\nb"\n`, 'INVALID_HEADER', 1, 2, 'not in `csv.columns`: "Größe", "a\\nb"; known are "comment", "city", '],
    ['its header has a column twice', `${head.trim()},sku\n`, 'INVALID_HEADER', 0, 1, 'the header has columns twice: "sku"'],
    ['its header is of another case', head.replace('number', 'Number'), 'INVALID_HEADER', 0, 1, 'no column "number"'],
    ['its header is not UTF-8', Buffer.from(`${head.trim()},Größe\n`, 'latin1'), 'NOT_UTF8', head.length + 2, 1, 'the header is not UTF-8: byte 0xf6: the file is probably Windows-1252'],
    ['its lines end with carriage returns', csvText([HEADER, row], ',', '\r'), 'INVALID_CSV', 0, 1, 'lines must end with a line feed'],
    ['a row has fewer cells', `${head}${csvText([row])}o-2,c\n`, 'INVALID_CSV', head.length + csvText([row]).length, 3, 'the row has 2 cells and the header 10; a cell with a delimiter needs quotes'],
    ['a row has more cells', `${head}o-2${','.repeat(10)}\n`, 'INVALID_CSV', head.length, 2, 'the row has 11 cells and the header 10'],
    ['a quote is within a cell', `${head}"o\n1",5" pipe\n"\n`, 'INVALID_CSV', head.length + 7, 3, 'a quote is within a cell; a cell with a quote needs quotes around it'],
    ['text follows a quote', `${head}"o-1" ,c\n`, 'INVALID_CSV', head.length + 4, 2, 'a quote is within a cell'],
    ['a quote is not closed', `${head}o-1,"c\n2,3\n`, 'TRUNCATED', head.length + 11, 4, `the file ends within quotes, in the row that starts at byte ${head.length}, line 2`],
    ['it ends with a quote', `${head}"`, 'TRUNCATED', head.length + 1, 2, 'the file ends within quotes'],
    ['it begins with a byte that is not UTF-8', Buffer.from('éa,b\n', 'latin1'), 'NOT_UTF8', 0, 1, 'byte 0xe9 is not part of a character'],
  ])('fails when %s', async (_, file, code, offset, line, message) => {
    const { failure } = await read(file);

    expect(failure).toMatchObject({ name: 'OrderFileError', code, offset, line });
    expect(failure!.message).toContain(message);
    expect(failure!.message).toContain(`(byte ${offset}, line ${line})`);
  });

  test('fails when the app has no format of CSV, and names the prop', async () => {
    expect((await readAll(opener(Buffer.from(csvText(ROWS))))).failure).toMatchObject({
      code: 'INVALID_JSON', message: "the file is not JSON: expected '[' of an array or '{' of an object (CSV needs the prop `csv`), found 'n' (byte 0, line 1)",
    });
  });

  test('fails after the maximum number of orders', async () => {
    const { orders, failure } = await read(csvText(ROWS), limitsOf({}, { maxOrders: 1 }));

    expect(orders).toHaveLength(1);
    expect(failure).toMatchObject({ code: 'TOO_MANY_ORDERS', line: 5 });
  });

  test('fails when it is larger than the maximum file size', async () => {
    expect((await read(csvText(ROWS), limitsOf({}, { maxFileSize: 100 }))).failure).toMatchObject({ code: 'FILE_TOO_LARGE', offset: 100 });
  });

  test('fails when a row does not end, without reading to the end of the file or keeping it', async () => {
    let given = 0;
    async function* open() {
      yield Buffer.from(`${head}"`);
      for (; given < 500; given++) yield Buffer.from(`${'x'.repeat(1000)}""\n`);
    }
    const { orders, failure } = await readAll(open, limitsOf({}, { maxOrderSize: 20_000 }));

    expect(orders).toEqual([]);
    expect(failure).toMatchObject({ code: 'ROW_TOO_LARGE', offset: head.length, line: 2, message: expect.stringContaining('a row has more than 20000 bytes; a quote in it may not be closed') });
    expect(given).toBeLessThan(30);
  });

  test.each([['a header', ''], ['a row', head]])('fails when %s is one byte too large', async (_, before) => {
    const limit = 16 * 1024;
    const limits = limitsOf({}, { maxOrderSize: 1024 });

    expect((await read(`${before}${'x'.repeat(limit)}\n`, limits)).failure!.code).not.toBe('ROW_TOO_LARGE');
    expect((await read(`${before}${'x'.repeat(limit + 1)}\n`, limits)).failure!.code).toBe('ROW_TOO_LARGE');
    expect((await read(`${before}${'x'.repeat(limit + 1)}`, limits)).failure!.code).toBe('ROW_TOO_LARGE');
  });

  test('hostile rows are read in a moment', async () => {
    const limits = limitsOf({}, { maxOrderSize: 200_000 });
    const start = performance.now();
    for (const text of [','.repeat(200_000), `${'"",'.repeat(50_000)}`, `"${'""'.repeat(90_000)}"`, `${'a,'.repeat(99_000)}"x"`]) {
      for (const before of ['', head]) expect((await readAll(opener(Buffer.from(`${before}${text}\n`)), limits)).orders).toEqual([]);
    }

    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('JSON is read as before with a format of CSV', () => {
  test.each(['[{"a":1}]', ' {"orders":[{"a":1}]}', '{"a":1}\n', '\uFEFF{\n"a":1}'])('%j', async (text) => {
    expect(await ordersOf(text)).toEqual([{ a: 1 }]);
  });

  test('and a header can begin with a character of the same byte as a byte order mark', async () => {
    const columns: CsvFormat['columns'] = [['ＩＤ', CSV_COLUMN_TYPE.ORDER_ID, '/id', false, 0]];

    for (const mark of ['', '\uFEFF']) expect(await ordersOf(`${mark}ＩＤ\n1\n`, limitsOf({ columns }))).toEqual([{ id: '1' }]);
  });
});

describe('reading resumes', () => {
  test.each([['plain', (text: string) => Buffer.from(text)], ['gzip', (text: string) => gzipSync(text)]])('after every order of a file, %s', async (_, store) => {
    const text = `\uFEFF\n${csvText([...ROWS, ...ROWS.slice(1).map(([id, ...row]) => [`${id}-b`, ...row])], ';', '\r\n')}\r\n`;
    const limits = limitsOf();
    const whole = await readAll(opener(store(text)), limits);
    const resumed: number[] = [];
    for (const size of [1, 7, 1000]) {
      for (const { next } of (await readAll(opener(store(text), () => size), limits)).parts) {
        resumed.push(next.index);
        const rest = await readAll(opener(store(text), () => 3), limits, JSON.parse(JSON.stringify(next)));
        expect(summary(rest)).toEqual(summary({ ...whole, orders: whole.orders.slice(next.index) }));
      }
    }
    expect(new Set(resumed)).toEqual(new Set([1, 2, 3, 4]));
  });
});
