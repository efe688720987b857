import { Account, type Loaded } from './account';
import { Clock } from './clock';
import type { Deployment } from './deployment';
import { Faults, type Fault } from './faults';
import { RandomStreams } from './random-streams';
import { readFiles, type FileAnswer } from './read-files';
import type { World } from './requests';
import { runUntilIdle } from './run-until-idle';
import { current } from './runtime';
import { Trace } from './trace';
import { s3Notification } from '../support/file-notification';
import { sampleOrder } from '../support/sample-order';

/** The result of a large file of which one percent of the orders are rejected after they were sent. */
export interface LargeFileResult {
  readonly beforeRedrive: FileAnswer;
  readonly deadLetters: number;
  readonly faultsMet: number;
  readonly answer: FileAnswer;
  readonly violations: readonly string[];
}

/** Of so many orders, one has an ID that another order has. */
const REJECTED_EVERY = 100;

/**
 * Redelivery, lost responses, crashes and conflicts in every step of the large file, and messages that go to dead-letter queues: orders, and
 * records of the stream with outcomes.
 */
const FAULTS: readonly Fault[] = [
  { site: 'extract-orders: Update FilesTable', kind: 'crash after', nth: 20, times: 1 },
  { site: 'OrdersQueue: receive', kind: 'moved to the dead-letter queue', nth: 200, times: 5 },
  { site: 'ProcessingQueue: message', kind: 'duplicate', nth: 100, times: 2000 },
  { site: 'process-order: PutItem OrdersTable', kind: 'twice', nth: 3000, times: 500 },
  { site: 'file outcomes: checkpoint', kind: 'repeated', nth: 5, times: 40 },
  { site: 'file outcomes: record', kind: 'unreadable', nth: 900, times: 150 },
  { site: 'record-file-outcomes: Put FilesTable', kind: 'lost', nth: 60, times: 20 },
  { site: 'record-file-outcomes: Put FilesTable', kind: 'twice', nth: 100, times: 20 },
  { site: 'record-file-outcomes: Put FilesTable', kind: 'crash before', nth: 150, times: 5 },
  { site: 'record-file-outcomes: Put FilesTable', kind: 'crash after', nth: 170, times: 5 },
  { site: 'record-file-outcomes: Get FilesTable', kind: 'fail', nth: 50, times: 10 },
];

const MAX_REDRIVES = 20;

/** Uploads a file of so many orders, of which one percent have IDs of stored orders, and redrives all dead-letter queues. */
export async function runLargeFile(orders: number, { shared, handlers, deployments }: Loaded): Promise<LargeFileResult> {
  const clock = new Clock();
  const faults = new Faults(FAULTS, () => clock.now);
  const world: World = { clock, randomStreams: new RandomStreams(orders), faults, trace: new Trace(), violations: [] };
  Object.assign(current, world);
  const account = new Account(world, { shared, handlers, deployments }, withMaxOrders(Object.values(deployments)[0], orders));
  const run = () => runUntilIdle(clock, (steps) => { if (steps % STEPS_BETWEEN_CLEANING === 0) dropUnchecked(account); });
  faults.isOver = true;
  upload(account, 'stored.ndjson', Math.ceil(orders / REJECTED_EVERY), (index) => sampleOrder({ orderId: `stored-${index}` }));
  await run();
  faults.isOver = false;
  upload(account, 'large.ndjson', orders, (index) =>
    sampleOrder(index % REJECTED_EVERY === 0 ? { orderId: `stored-${index / REJECTED_EVERY}`, notes: 'other' } : { orderId: `new-${index}` }));
  await run();
  faults.isOver = true;
  const beforeRedrive = await readLargeFile(account, clock, run);
  const deadLetters = account.deadLetterQueues.reduce((sum, { messages }) => sum + messages.length, 0);
  await redriveAll(account, clock, run);
  const answer = await readLargeFile(account, clock, run);
  return { beforeRedrive, deadLetters, faultsMet: faults.met, answer, violations: [...world.violations, ...violationsOf(account, answer, orders)] };
}

/** The simulated pipeline accepts only small files by default. */
const withMaxOrders = (deployment: Deployment, orders: number): Deployment => ({
  ...deployment,
  functions: {
    ...deployment.functions,
    'validate-file': {
      ...deployment.functions['validate-file'],
      environment: { ...deployment.functions['validate-file'].environment, MAX_ORDERS_PER_FILE: String(orders) },
    },
  },
});

function upload({ s3, queues }: Account, name: string, count: number, orderAt: (index: number) => object): void {
  const text = Array.from({ length: count }, (_, index) => JSON.stringify(orderAt(index))).join('\n');
  queues.FilesQueue.send({ MessageBody: s3Notification(s3.upload(`incoming/${name}`, text)) });
}

const STEPS_BETWEEN_CLEANING = 100_000;

/** Frees the memory of observations that are not checked. */
function dropUnchecked({ bus, tables, queues }: Account): void {
  bus.published.splice(0, Infinity, ...bus.published.filter(({ detail }) => detail.metadata.fileId !== undefined));
  for (const table of Object.values(tables)) table.writes.length = 0;
  tables.HistoryTable.items.clear();
  for (const queue of Object.values(queues)) queue.arrived.length = 0;
}

async function redriveAll(account: Account, clock: Clock, run: () => Promise<void>): Promise<void> {
  for (let redrives = 0; redrives < MAX_REDRIVES && account.queuesToRedrive.length > 0; redrives++) {
    clock.now += 600_000;
    for (const { name } of account.queuesToRedrive) account.redrive({ queue: account.redriveRoutes.nameOf(name) });
    await run();
  }
}

async function readLargeFile(account: Account, clock: Clock, run: () => Promise<void>): Promise<FileAnswer> {
  const answers = await readFiles(account, clock, run, 100);
  return [...answers.values()].reduce((one, other) => (orderCount(one) > orderCount(other) ? one : other));
}

const orderCount = ({ outcomes }: FileAnswer): number => Object.values(outcomes ?? {}).reduce((sum, count) => sum + count, 0);

/** The counts are exact, the list has every rejected order once, and both were announced. */
function violationsOf({ bus, alerts, deadLetterQueues }: Account, { outcomes, rejections }: FileAnswer, orders: number): string[] {
  const rejected = Math.ceil(orders / REJECTED_EVERY);
  const known = { confirmed: orders - rejected, changed: 0, unchanged: 0, rejected };
  const listed = rejections.map(({ index, orderId, code }) => `${index} ${orderId} ${code}`);
  const expected = Array.from({ length: rejected }, (_, n) => `${n * REJECTED_EVERY} stored-${n} DUPLICATE_ORDER_ID`);
  const events = new Set(bus.published.filter(({ type, detail }) => type === 'OrderFileProcessed' && detail.data.outcomes.rejected > 0)
    .map(({ detail: { metadata, data } }) => `${metadata.eventId} ${JSON.stringify(data.outcomes)}`));
  const checks: [string, unknown, unknown][] = [
    ['outcomes', JSON.stringify(outcomes), JSON.stringify({ ...known, pending: 0 })],
    ['listed orders', listed.join(), expected.join()],
    ['announcements', [...events].map((event) => event.slice(33)).join(), JSON.stringify(known)],
    ['alert', alerts.some(({ reason, text }) => reason === 'REJECTED_ORDERS' && text.includes(`${rejected} rejected`)), true],
    ['messages in dead-letter queues', deadLetterQueues.reduce((sum, { messages }) => sum + messages.length, 0), 0],
  ];
  return checks.filter(([, actual, wanted]) => actual !== wanted)
    .map(([name, actual, wanted]) => `${name}: ${String(actual).slice(0, 300)} should be ${String(wanted).slice(0, 300)}`);
}
