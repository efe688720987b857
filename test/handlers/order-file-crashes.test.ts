import '../support/handler-env';
import { gzipSync } from 'node:zlib';
import { handler as extractOrders } from '../../handlers/extract-orders';
import type { FileRecord, ReportLine } from '../../handlers/shared/files';
import type { handler as validateFile } from '../../handlers/validate-file';
import '../support/captured-logs';
import { toCsvFormat } from '../../src/private/csv-format';
import { CsvOrderFile } from '../support/csv-order-file';
import { s3Notification } from '../support/file-notification';
import { FilePipeline, type Disturbance } from '../support/file-pipeline';
import type { InvocationOptions } from '../support/invocation';
import { loadHandler } from '../support/load-handler';
import { MixedOrderFile } from '../support/mixed-order-file';
import { Random } from '../support/random';

/** The columns of the standard order. */
const STANDARD_CSV = JSON.stringify(toCsvFormat({}));
const validateCsvFile = loadHandler<{ handler: typeof validateFile }>('validate-file', { CSV_FORMAT: STANDARD_CSV }).handler;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Kills invocations at random requests, so many times; lets some have little time, and some messages be delivered twice at once. */
class RandomDisturbance implements Disturbance {
  kills = 0;

  constructor(
    private readonly random: Random,
    private readonly most: number,
    private readonly size: 'large' | 'small',
    private readonly atRest: () => void,
  ) {}

  next(handler: 'validate-file' | 'extract-orders'): InvocationOptions[] {
    this.atRest();
    return this.random.chance(0.1) ? [this.one(handler), this.one(handler)] : [this.one(handler)];
  }

  killed(times: number): void {
    this.kills += times;
  }

  private one(handler: 'validate-file' | 'extract-orders'): InvocationOptions {
    const { random, size } = this;
    const requests = { large: { 'validate-file': 16, 'extract-orders': 400 }, small: { 'validate-file': 12, 'extract-orders': 30 } }[size][handler];
    // A file is checked from its beginning each time, so that part of the kills are kept for the extraction.
    const isKilled = this.kills < (handler === 'validate-file' ? this.most / 5 : this.most);
    return {
      ...(isKilled ? { killAt: 1 + random.below(requests) } : {}),
      takesEffect: () => random.chance(0.5),
      // A file that cannot be checked in time is rejected, which is another story.
      ...(handler === 'extract-orders' && random.chance(0.5) ? { time: 10 * random.below(2 * requests) } : {}),
    };
  }
}

interface TravelOptions {
  readonly gzip?: boolean;
  /** The file; one order per line by default. */
  readonly file?: OrderFile;
}

/** A file with the expected result of each order. */
type OrderFile = Pick<MixedOrderFile, 'text' | 'expected' | 'valid' | 'count'>;

/** Processes a file while invocations are killed, and returns the result. */
async function travel(random: Random, orders: number, kills: number, options: TravelOptions = {}) {
  const mixed = options.file ?? new MixedOrderFile(random, orders);
  const { text } = mixed;
  const pipeline = new FilePipeline(validateCsvFile, extractOrders);
  const { aws, files } = pipeline;
  const upload = aws.s3.upload('incoming/orders', options.gzip ? gzipSync(text, { level: 1 }) : text);
  files.send({ MessageBody: s3Notification(upload) });
  if (random.chance(0.5)) files.send({ MessageBody: s3Notification(upload) });
  // Messages come again after a time in which the deduplication of FIFO queues forgets, or does not.
  const atRest = () => { aws.orders.now += random.pick([0, 6 * 60 * 1000]); };
  const disturbance = new RandomDisturbance(random, kills, orders > 10_000 ? 'large' : 'small', atRest);
  await pipeline.run(disturbance);
  return { mixed, aws, disturbance };
}

type Travelled = Awaited<ReturnType<typeof travel>>;

/** What was sent: each order with its contents, and how many different messages there were of it. */
function sentOrders({ aws }: Travelled) {
  const sent = new Map<string, { payload: unknown; texts: Set<string> }>();
  for (const { body, group, deduplicationId } of aws.orders.messages) {
    const text = `${group} ${deduplicationId} ${body}`;
    const known = sent.get(group);
    if (known) known.texts.add(text);
    else sent.set(group, { payload: JSON.parse(body).payload, texts: new Set([text]) });
  }
  return sent;
}

function theFile({ aws }: Travelled): FileRecord {
  expect(aws.files.records).toHaveLength(1);
  return aws.files.records[0];
}

/** Everything that has to be so in the end, whatever happened on the way. */
function expectAllIsWell(travelled: Travelled): void {
  const { mixed, aws } = travelled;
  const sent = sentOrders(travelled);
  expect([...sent].filter(([orderId]) => !mixed.valid.has(orderId))).toEqual([]);
  expect([...mixed.valid.keys()].filter((orderId) => !sent.has(orderId))).toEqual([]);
  expect([...sent].filter(([, { texts }]) => texts.size > 1)).toEqual([]);
  expect([...sent].filter(([orderId, { payload }]) => JSON.stringify(payload) !== JSON.stringify(mixed.valid.get(orderId)))).toEqual([]);

  const { fileId, state, counts, progress, notified } = theFile(travelled);
  const expected = { orders: mixed.expected.length, valid: mixed.count('VALID'), repeated: mixed.count('REPEATED'), invalid: mixed.count('INVALID') };
  expect({ state, notified, counts, sent: progress!.sent }).toEqual({ state: 'COMPLETED', notified: true, counts: expected, sent: expected.valid });
  expect(wrongLines(mixed, aws.s3.read(`reports/${fileId}.ndjson`).toString())).toEqual([]);
  expect(JSON.parse(aws.s3.read(`reports/${fileId}.summary.json`).toString())).toMatchObject({ counts: expected });

  expect(new Set(aws.bus.events.map(({ type, metadata }) => `${type} ${metadata.eventId}`)).size).toBe(2);
  expect(aws.alerts.messages.length > 0).toBe(expected.invalid > 0);
  expect(aws.deadLetters.sent).toEqual([]);
}

/** Lines of a report that are not as they have to be. */
function wrongLines({ expected }: OrderFile, text: string): unknown[] {
  const lines = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as ReportLine);
  if (lines.length !== expected.length) return [`${lines.length} lines instead of ${expected.length}`];
  return lines.filter(({ index, line, orderId, outcome, errors }, n) =>
    JSON.stringify([index, line, orderId, outcome, errors?.[0].code])
    !== JSON.stringify([n, expected[n].line ?? n + 1, expected[n].orderId, expected[n].outcome, expected[n].code]));
}

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
});

test(`a hundred thousand orders survive twenty kills, each valid one as exactly one command (seed ${SEED})`, async () => {
  const travelled = await travel(new Random(SEED), 100_000, 20);

  expect(travelled.disturbance.kills).toBeGreaterThanOrEqual(20);
  expectAllIsWell(travelled);
}, 120_000);

test(`so do many small files, plain and gzip (seed ${SEED})`, async () => {
  for (let n = 0; n < 25; n++) {
    const random = new Random(SEED + 7919 * n);
    const travelled = await travel(random, 1 + random.below(1500), random.below(12), { gzip: random.chance(0.5) });
    expectAllIsWell(travelled);
  }
}, 60_000);

test(`so does the only order of a file that spans lines (seed ${SEED})`, async () => {
  for (let n = 0; n < 25; n++) {
    const random = new Random(SEED + 7919 * n);
    const { valid, expected, count } = new MixedOrderFile(random, 1);
    const file = { valid, expected, count: count.bind({ expected }), text: JSON.stringify([...valid.values()][0], undefined, 2) };
    expectAllIsWell(await travel(random, 1, random.below(12), { gzip: random.chance(0.5), file }));
  }
}, 60_000);

test(`so do CSV files, plain and gzip, of which an invocation resumes at the first row of an order (seed ${SEED})`, async () => {
  for (let n = 0; n < 25; n++) {
    const random = new Random(SEED + 7919 * n);
    const file = new CsvOrderFile(random, 1 + random.below(2500));
    expectAllIsWell(await travel(random, file.expected.length, random.below(12), { gzip: random.chance(0.5), file }));
  }
}, 60_000);
