import { gzipSync } from 'node:zlib';
import { ValueHash } from '#shared';
import { OrderFileError, type OrderFileFormat, parseRawOrder, type RawOrder } from '../../../../handlers/shared/order-file';
import { type Expected, expectedOrders, REFUSED } from '../../../support/expected-orders';
import { opener, readAll, ROOMY, summary, type Reading } from '../../../support/order-file-bytes';
import { Random } from '../../../support/random';
import { RandomOrderFile } from '../../../support/random-order-file';

const DOCUMENTS = 4000;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Chunks of one byte, of a few, or of many; every border is tried sooner or later. The smallest are the rarest, because each chunk is a turn. */
function chunking(random: Random): () => number {
  const most = random.pick([1, 3, 8, 20, 20, 40, 40, 100, 1000, 1000]);
  return () => 1 + random.below(most);
}

/** The same of a gzip file as far as it is looked at for what it is; only zlib, which is slow with small chunks, knows the borders behind. */
function gzipChunking(random: Random): () => number {
  const atStart = chunking(random);
  const most = random.pick([20, 1000]);
  let given = 0;
  return () => {
    const size = given < 20 ? atStart() : 1 + random.below(most);
    given += size;
    return size;
  };
}

/** The orders as the handlers see them: REFUSED stands for errors, and for a document that is none. */
function valuesOf({ orders, parts, failure }: Reading): unknown[] | 'refused' {
  try {
    const values = orders.map((raw) => parse(raw, parts[0].next.format));
    return failure ? 'refused' : values;
  } catch (error) {
    if (error instanceof OrderFileError) return 'refused';
    throw error;
  }
}

function parse(raw: RawOrder, format: OrderFileFormat): unknown {
  const { value, errors } = { value: undefined, ...parseRawOrder(raw, format, new ValueHash(0)) };
  return errors ? REFUSED : value;
}

/** The number of files by format, as detected. */
const formats = new Map<string, number>();

/** One line for each document that is read otherwise than it should be. */
async function differences(bytes: Buffer, expected: Expected, random: Random): Promise<string[]> {
  const isPacked = random.chance(0.1);
  const stored = isPacked ? gzipSync(bytes) : bytes;
  const open = () => opener(stored, (isPacked ? gzipChunking : chunking)(random));
  const reading = await readAll(open());
  const values = valuesOf(reading);
  const found: string[] = [];
  const check = (what: string, isRight: boolean) => {
    if (!isRight) found.push(`${what}: ${JSON.stringify(bytes.toString('latin1'))}`);
  };
  if (expected === 'refused') {
    check('should be refused', values === 'refused' || values.includes(REFUSED));
  } else {
    check('values', values !== 'refused' && same(values, expected.orders.map(({ value }) => value)));
    check('places', same(reading.orders.map(({ offset, line, index }) => [offset, line, index]), expected.orders.map(({ offset, line }, index) => [offset, line, index])));
  }
  check('other chunks', same(summary(await readAll(open())), summary(reading)));
  if (reading.parts.length > 0) {
    const { next } = random.pick(reading.parts);
    formats.set(next.format, (formats.get(next.format) ?? 0) + 1);
    const rest = await readAll(open(), ROOMY, JSON.parse(JSON.stringify(next)));
    check('resumed', same(summary(rest), summary({ ...reading, orders: reading.orders.slice(next.index) })));
  }
  return found;
}

/** Strictly: -0 is not 0, and keys keep their order. */
const same = (one: unknown, other: unknown): boolean => print(one) === print(other);
const print = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (Object.is(each, -0) ? '-0' : each === REFUSED ? 'REFUSED' : each));

test(`any file is read like JSON.parse, or rejected (SEED=${SEED})`, async () => {
  const random = new Random(SEED);
  const files = new RandomOrderFile(random);
  const wrong: string[] = [];
  const kinds = new Map<string, number>();
  for (let count = 0; count < DOCUMENTS && wrong.length < 5; count++) {
    const bytes = files.bytes();
    const expected = expectedOrders(bytes);
    const kind = expected === 'refused' ? 'refused' : expected.orders.some(({ value }) => value === REFUSED) ? 'some orders refused' : 'read';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    wrong.push(...await differences(bytes, expected, random));
  }
  expect(wrong).toEqual([]);
  // Otherwise the generator, and not the reader, is what makes this pass.
  for (const kind of ['refused', 'some orders refused', 'read']) expect(kinds.get(kind)).toBeGreaterThan(DOCUMENTS / 10);
  for (const format of ['array', 'object', 'order', 'ndjson']) expect(formats.get(format)).toBeGreaterThan(DOCUMENTS / 20);
  if (process.env.VERBOSE) process.stdout.write(`${[...kinds, ...formats]}\n`);
}, 120_000);
