import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { CSV_COLUMN_TYPE, type CsvColumnFormat } from '../../../../../src/private/contract';
import { CSV_COLUMNS, csvFormat } from '../../../../support/csv-format';
import { opener, readAll, ROOMY, summary } from '../../../../support/order-file-bytes';

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const RUNS = 3000;

/** An order as expected: its location and value, or the paths of its errors. */
interface ExpectedOrder {
  readonly at: [offset: number, line: number];
  readonly orderId: string;
  readonly value: Record<string, unknown>;
  readonly wrong: string[];
}

/** An order that more rows may follow. */
interface OpenOrder extends ExpectedOrder {
  readonly texts: Map<string, string>;
  readonly items: Record<string, unknown>[];
}

const columnOf = (name: string): CsvColumnFormat => CSV_COLUMNS.find(([each]) => each === name)!;

/** Reads a file with csv-parse, and groups its rows in the simplest way. */
function expected(text: string, delimiter: string, separator: string): ExpectedOrder[] | 'refused' {
  const rows = rowsOf(text, delimiter);
  if (rows === 'refused') return rows;
  const [head, ...rest] = rows.filter(({ cells }, index) => index === 0 || cells.some((cell) => cell !== ''));
  const names = head.cells.map((name) => name.trim());
  const isHeader = !head.cells.some((cell) => cell.includes('\r')) && new Set(names).size === names.length
    && names.every((name) => CSV_COLUMNS.some(([each]) => each === name)) && required.every((name) => names.includes(name));
  if (!isHeader || rest.some(({ cells }) => cells.length !== names.length)) return 'refused';
  const orders: OpenOrder[] = [];
  for (const { cells, at } of rest) {
    const orderId = cells[names.indexOf('number')];
    if (orderId === '' || orders.at(-1)?.orderId !== orderId) orders.push({ at, orderId, value: {}, wrong: [], texts: new Map(), items: [] });
    addRow(orders.at(-1)!, names.map((name, index) => [name, cells[index]]), separator);
  }
  return orders.map(({ items, ...order }) => ({ ...order, value: { ...order.value, ...(items.length > 0 ? { items } : {}) } }));
}

function addRow({ value, wrong, texts, items }: OpenOrder, row: [string, string][], separator: string): void {
  const item: Record<string, unknown> = {};
  const path = (pointer: string) => pointer.replace('-', String(items.length));
  for (const [name, cell] of row) {
    const [, type, pointer] = columnOf(name);
    if (cell === '' || type === CSV_COLUMN_TYPE.IGNORED) continue;
    const converted = convert(cell, type, separator);
    if (pointer.startsWith('/items/-/')) {
      if (converted === undefined) wrong.push(path(pointer));
      else item[pointer.slice(9)] = converted;
    } else if (texts.has(name)) {
      if (texts.get(name) !== cell) wrong.push(pointer);
    } else {
      texts.set(name, cell);
      const [first, second] = pointer.slice(1).split('/');
      if (converted === undefined) wrong.push(pointer);
      else if (second) value[first] = { ...value[first] as object, [second]: converted };
      else value[first] = converted;
    }
  }
  if (row.some(([name, cell]) => cell !== '' && columnOf(name)[2].startsWith('/items/'))) items.push(item);
}

function convert(cell: string, type: string, separator: string): unknown {
  if (type === CSV_COLUMN_TYPE.BOOL) return cell === 'true' || cell === 'false' ? cell === 'true' : undefined;
  if (type !== CSV_COLUMN_TYPE.NUMBER && type !== CSV_COLUMN_TYPE.MINOR_UNITS) return cell;
  const isNumber = separator === '.' ? /^-?(0|[1-9]\d*)(\.\d+)?$/ : /^-?(0|[1-9]\d*)(,\d+)?$/;
  const number = Number(cell.replace(',', '.'));
  if (!isNumber.test(cell)) return undefined;
  if (type === CSV_COLUMN_TYPE.NUMBER) return number;
  return /\d{3}$/.test(cell.split(separator)[1] ?? '') ? undefined : Math.round(number * 100) || 0;
}

function rowsOf(text: string, delimiter: string): { cells: string[]; at: [number, number] }[] | 'refused' {
  const skipped = /^\uFEFF?[ \t\r\n]*/.exec(text)![0];
  const body = text.slice(skipped.length).replace(/\r$/, '');
  if (body === '') return 'refused';
  let records: { record: string[]; info: { bytes: number } }[];
  try {
    records = parse(body, { delimiter, record_delimiter: ['\r\n', '\n'], relax_column_count: true, info: true }) as unknown as typeof records;
  } catch {
    return 'refused';
  }
  const bytes = Buffer.from(body);
  return records.map(({ record }, index) => {
    const start = index === 0 ? 0 : records[index - 1].info.bytes;
    const before = skipped + bytes.subarray(0, start).toString();
    return { cells: record, at: [Buffer.byteLength(before), before.split('\n').length] };
  });
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const piece = fc.constantFrom('a', 'ü', '😀', '"', ',', ';', '\t', '\n', '\r\n', '\r', ' ', '1');
const words = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', 'x', 'y', 'Mug', '007') }, fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')));
const amounts = fc.constantFrom('1', '2', '0', '-1', '0.5', '0,5', '12.50', '12,50', '1.234', '01', 'x', '', '3 ', '1000000.01');

function cellOf(name: string): fc.Arbitrary<string> {
  if (name === 'number') return fc.constantFrom('o-1', 'o-2', 'o-2', 'o-3', '', 'ö,"1');
  if (name === 'gift') return fc.constantFrom('true', 'false', '', 'yes');
  if (name === 'qty' || name === 'price') return amounts;
  return name === 'sku' ? words : fc.oneof({ weight: 4, arbitrary: fc.constantFrom('', 'c') }, words);
}

interface TableFile {
  readonly delimiter: string;
  readonly separator: string;
  readonly rows: [cells: string[], isQuoted: boolean[], newline: string][];
  readonly mark: string;
  readonly end: string;
}

const required = CSV_COLUMNS.filter(([, , , isOptional]) => !isOptional).map(([name]) => name);
const optional = fc.subarray(CSV_COLUMNS.map(([name]) => name).filter((name) => !required.includes(name)));
const all = optional.chain((some) => fc.shuffledSubarray([...required, ...some], { minLength: required.length + some.length }));
const names = fc.oneof({ weight: 9, arbitrary: all }, fc.shuffledSubarray(CSV_COLUMNS.map(([name]) => name), { minLength: 5 }));
const tables: fc.Arbitrary<TableFile> = names.chain((header) => fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  separator: fc.constantFrom('.', ','),
  rows: fc.array(
    fc.tuple(
      fc.tuple(...header.map(cellOf)) as fc.Arbitrary<string[]>,
      fc.array(fc.boolean(), { minLength: header.length, maxLength: header.length }),
      fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\r\n\r\n'),
    ),
    { maxLength: 8 },
  ).map((rows) => [[header, header.map(() => false), '\n'] as [string[], boolean[], string], ...rows]),
  mark: fc.constantFrom('', '', '\uFEFF', '\n', '\uFEFF\r\n'),
  end: fc.constantFrom('', '\n', '\r\n', '\n\n'),
}));

const toText = ({ delimiter, rows, mark, end }: TableFile): string => mark + rows.map(([cells, isQuoted, newline], index) =>
  cells.map((cell, at) => (isQuoted[at] || /["\r\n]/.test(cell) || cell.includes(delimiter) ? quoted(cell) : cell)).join(delimiter)
  + (index === rows.length - 1 ? end : newline)).join('');

const damage = fc.option(fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }), text: fc.constantFrom('', '"', '\n', ',', ';', 'x', '\r'), length: fc.constantFrom(0, 1, 1),
}), { nil: undefined, freq: 1 });

const files = fc.record({
  table: tables, change: damage, isDetected: fc.boolean(), size: fc.integer({ min: 1, max: 30 }), isGzip: fc.boolean(), pick: fc.nat(),
});

const kinds = { 'refused': 0, 'orders': 0, 'orders with errors': 0, 'resumed': 0 };

test(`any CSV file is read like csv-parse, or rejected (seed ${SEED})`, async () => {
  await fc.assert(fc.asyncProperty(files, async ({ table, change, isDetected, size, isGzip, pick }) => {
    const characters = [...toText(table)];
    if (change) characters.splice(Math.floor(change.at * characters.length), change.length, change.text);
    const text = characters.join('');
    const isClear = isDetected && !change && table.delimiter !== '|';
    const limits = { ...ROOMY, csv: csvFormat({ decimalSeparator: table.separator, ...(isClear ? {} : { delimiter: table.delimiter }) }) };
    const stored = isGzip ? gzipSync(text) : Buffer.from(text);
    const reading = await readAll(opener(stored), limits);
    expect(summary(await readAll(opener(stored, () => size), limits))).toEqual(summary(reading));

    const wanted = expected(text, table.delimiter, table.separator);
    if (wanted === 'refused') {
      kinds.refused++;
      expect(reading.failure).toMatchObject({ name: 'OrderFileError' });
      return;
    }
    expect(reading.failure).toBeUndefined();
    kinds.orders += wanted.length;
    kinds['orders with errors'] += wanted.filter(({ wrong }) => wrong.length > 0).length;
    expect(reading.orders.map(({ offset, line, bytes, errors, orderId }) => [
      offset, line, errors ? [orderId, errors.map(({ path }) => path).sort()] : JSON.parse(bytes.toString()),
    ])).toEqual(wanted.map(({ at, orderId, value, wrong }) => [...at, wrong.length > 0 ? [orderId, wrong.sort()] : value]));

    const parts = (await readAll(opener(stored, () => size), limits)).parts;
    if (parts.length === 0) return;
    kinds.resumed++;
    const { next } = parts[pick % parts.length];
    const rest = await readAll(opener(stored, () => size), limits, JSON.parse(JSON.stringify(next)));
    expect(summary(rest)).toEqual(summary({ ...reading, orders: reading.orders.slice(next.index) }));
  }), { seed: SEED, numRuns: RUNS });
  // Otherwise the generator, and not the reader, is what makes this pass.
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(RUNS / 20);
  if (process.env.VERBOSE) process.stdout.write(`${JSON.stringify(kinds)}\n`);
}, 120_000);
