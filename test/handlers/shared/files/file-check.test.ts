import { FileCheck, type ReportLine } from '#shared';
import { OrderFileError, readOrderFile, type OrderFilePart } from '../../../../handlers/shared/order-file';
import { opener, ROOMY } from '../../../support/order-file-bytes';
import { ndjson, sampleOrders } from '../../../support/order-files';
import { sampleOrder } from '../../../support/sample-order';

/** Checks a file, in chunks of so many bytes; gives the check and its report. */
async function check(content: string | Buffer, limits = ROOMY, chunk = 1e9) {
  const fileCheck = new FileCheck(limits);
  let text = '';
  for await (const piece of fileCheck.report(readOrderFile(opener(Buffer.from(content), () => chunk), limits))) text += piece;
  return { fileCheck, lines: text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as ReportLine) };
}

const order = (n: number, changes: Record<string, unknown> = {}) => sampleOrder({ orderId: `order-${n}`, ...changes });

const found = ({ lines }: Awaited<ReturnType<typeof check>>) => lines.map(({ orderId, outcome, errors }) => [outcome, orderId, errors?.[0].code]);

test('a valid order is counted, selected, and reported with its location', async () => {
  const { fileCheck, lines } = await check(`[\n${JSON.stringify(order(0))},\n ${JSON.stringify(order(1))}]`);

  expect(fileCheck.counts).toEqual({ orders: 2, valid: 2, repeated: 0, invalid: 0 });
  expect([fileCheck.selection.has(0), fileCheck.selection.has(1), fileCheck.selection.has(2)]).toEqual([true, true, false]);
  expect(lines).toEqual([
    { index: 0, line: 2, offset: 2, orderId: 'order-0', outcome: 'VALID' },
    { index: 1, line: 3, offset: 2 + JSON.stringify(order(0)).length + 3, orderId: 'order-1', outcome: 'VALID' },
  ]);
});

describe('a repeated order ID', () => {
  test('is a repeat when the content is equal, regardless of formatting', async () => {
    const turned = JSON.stringify(Object.fromEntries(Object.entries(order(0, { total: 4129 })).reverse()), undefined, 0).replaceAll(':', ' : ');
    const checked = await check(`${JSON.stringify(order(0))}\n${turned}\n`);

    expect(found(checked)).toEqual([['VALID', 'order-0', undefined], ['REPEATED', 'order-0', undefined]]);
    expect(checked.fileCheck.selection.has(1)).toBe(false);
    expect(checked.fileCheck.errors).toEqual([]);
  });

  test('fails when the content is different: the first order is kept', async () => {
    const checked = await check(ndjson([order(0), order(0, { notes: 'other' }), order(0), order(0, { notes: 'other' })]));

    expect(found(checked)).toEqual([
      ['VALID', 'order-0', undefined], ['INVALID', 'order-0', 'DUPLICATE_ORDER_ID'], ['REPEATED', 'order-0', undefined], ['INVALID', 'order-0', 'DUPLICATE_ORDER_ID'],
    ]);
    expect(checked.fileCheck.counts).toEqual({ orders: 4, valid: 1, repeated: 1, invalid: 2 });
  });

  test('is a new order when the earlier one was invalid', async () => {
    expect(found(await check(ndjson([order(0, { total: 1 }), order(0)])))).toEqual([
      ['INVALID', 'order-0', 'TOTAL_MISMATCH'], ['VALID', 'order-0', undefined],
    ]);
  });
});

describe('an invalid order', () => {
  test.each<[string, unknown, unknown]>([
    ['SHAPE', { orderId: 'order-1' }, ['INVALID', 'order-1', 'REQUIRED']],
    ['RULES', order(1, { total: 1 }), ['INVALID', 'order-1', 'TOTAL_MISMATCH']],
    ['NO ID', order(1, { orderId: undefined }), ['INVALID', undefined, 'REQUIRED']],
    ['AN ID THAT IS NONE', order(1, { orderId: 'no id\n' }), ['INVALID', undefined, 'INVALID_FORMAT']],
    ['NO OBJECT', null, ['INVALID', undefined, 'INVALID_TYPE']],
    ['A LIST', [order(1)], ['INVALID', undefined, 'INVALID_TYPE']],
  ])('fails because of its %s, and is reported with its ID if that is valid', async (_, invalid, expected) => {
    expect(found(await check(ndjson([order(0), invalid, order(2)])))).toEqual([['VALID', 'order-0', undefined], expected, ['VALID', 'order-2', undefined]]);
  });

  test('fails when JSON.parse would change it', async () => {
    expect(found(await check(`${JSON.stringify(order(0))}\n${JSON.stringify(order(1)).replace('"currency"', '"customerId":"x","currency"')}\n`))[1])
      .toEqual(['INVALID', undefined, 'DUPLICATE_KEY']);
  });

  test('fails because of its size before it is parsed', async () => {
    const checked = await check(ndjson([order(0), order(1, { notes: 'n'.repeat(400) })]), { ...ROOMY, maxOrderSize: 400 });

    expect(found(checked)[1]).toEqual(['INVALID', undefined, 'ORDER_TOO_LARGE']);
  });

  test('is reported with all of its errors', async () => {
    const { lines } = await check(ndjson([order(0), order(1, { customerId: '', currency: 'eur', colour: 1 })]));

    expect(lines[1].errors!.map(({ path }) => path).sort()).toEqual(['/colour', '/currency', '/customerId']);
  });
});

test('the first twenty errors are kept with the locations of their orders, even if all are in one order', async () => {
  const invalid = order(0, { items: Array.from({ length: 15 }, () => ({ sku: '', quantity: 1, unitPrice: 1 })) });
  const { fileCheck } = await check(ndjson([invalid, { ...invalid, orderId: 'order-1' }]));

  expect(fileCheck.errors).toHaveLength(20);
  expect(fileCheck.errors[0]).toEqual({
    index: 0, line: 1, offset: 0, orderId: 'order-0', path: '/items/0/sku', code: 'INVALID_FORMAT', message: expect.any(String),
  });
  expect(fileCheck.errors[19]).toMatchObject({ index: 1, line: 2, path: '/items/4/sku' });
});

describe('an error that makes the file unreadable', () => {
  test('ends the report after the previous orders, and is the failure', async () => {
    const checked = await check(`[${JSON.stringify(order(0))},${JSON.stringify(order(1))}`);

    expect(found(checked)).toHaveLength(2);
    expect(checked.fileCheck.failure).toMatchObject({ code: 'TRUNCATED', message: expect.any(String), offset: expect.any(Number), line: 1 });
    expect(checked.fileCheck.counts.orders).toBe(2);
  });

  test('can be an order with a syntax error', async () => {
    const checked = await check(`[${JSON.stringify(order(0))}, {"a": 01}, ${JSON.stringify(order(2))}]`);

    expect(found(checked)).toEqual([['VALID', 'order-0', undefined]]);
    expect(checked.fileCheck.failure).toMatchObject({ code: 'INVALID_JSON' });
    expect(checked.fileCheck.selection.has(2)).toBe(false);
  });

  test('rethrows errors that are not errors of the file', async () => {
    const readError = new Error('down');
    async function* parts(): AsyncGenerator<OrderFilePart> {
      throw readError;
    }
    const fileCheck = new FileCheck(ROOMY);

    await expect(fileCheck.report(parts()).next()).rejects.toBe(readError);
    expect(fileCheck.failure).toBeUndefined();
  });

  test('has a location', async () => {
    async function* parts(): AsyncGenerator<OrderFilePart> {
      throw new OrderFileError('TRUNCATED', 'it ends', { offset: 7, line: 3 });
    }
    const fileCheck = new FileCheck(ROOMY);
    for await (const text of fileCheck.report(parts())) expect(text).toBe('');

    expect(fileCheck.failure).toEqual({ code: 'TRUNCATED', message: 'it ends (byte 7, line 3)', offset: 7, line: 3 });
  });
});

test('a report has the same lines for chunks of any size', async () => {
  const content = ndjson([order(0), order(0), { oops: 1 }, ...sampleOrders('more', 5)]);
  const whole = await check(content);

  for (const chunk of [1, 7, 100]) expect((await check(content, ROOMY, chunk)).lines).toEqual(whole.lines);
});
