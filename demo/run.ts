/** The demo: the whole pipeline on this machine, deployed by the real CDK CLI, with 26 orders, what is asked of them afterwards, and four files of orders. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addsUp, count, countFiles, countLife, filesAddUp, lifeAddsUp, surprises } from './account';
import { FILE_WAVES } from './file-scenario';
import { FileFollower, fileSurprises, type SettledFile } from './files';
import { keep, stopKept } from './kept';
import { LifeFollower, lifeSurprises, type SettledAsk } from './life';
import { LIFE_WAVES, SHOWN_ORDER } from './life-scenario';
import { Observer } from './observe';
import { countingLine, fileCountingLine, fileTable, lifeCountingLine, lifeTable, orderTable, queueTable, requestTable, timeline, type OrderRow } from './print';
import { sendAll, type Settled } from './requests';
import { WAVES } from './scenario';
import { Stopwatch } from './stopwatch';
import { deployExample } from '../test/support/deploy-example';
import { DeployedFiles } from '../test/support/deployed-files';
import { eventually } from '../test/support/eventually';
import { startLocalAws, type LocalAws } from '../test/support/local-aws';
import { OrdersApi } from '../test/support/orders-api';
import { OrdersBus } from '../test/support/orders-bus';

const STACK = 'FullOrders';
const REPORT = join(__dirname, '..', 'demo-report.json');
const say = (line = '') => process.stdout.write(`${line}\n`);

async function main(options: readonly string[]): Promise<number> {
  const unknown = options.filter((option) => option !== '--keep' && option !== '--stop');
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(' ')}; there are --keep (leave it running) and --stop (end what was left running)`);
  const stopped = await stopKept();
  if (options.includes('--stop')) {
    say(stopped ? 'stopped' : 'nothing was left running');
    return 0;
  }
  const stopwatch = new Stopwatch();
  const keeps = options.includes('--keep');
  const local = await stopwatch.step('start', 'starting a local AWS (MiniStack)', () => startLocalAws({ say: (line) => say(`  ${line}`), detached: keeps }));
  // Noted at once: even if this process is killed, the next demo stops what it left.
  if (keeps) keep(local);
  try {
    const deployed = await deploy(local, stopwatch);
    const good = await demonstrate(deployed, stopwatch);
    if (keeps) sayHowToUse(local, deployed.api);
    return good ? 0 : 1;
  } catch (error) {
    await stopKept();
    throw error;
  } finally {
    if (!keeps) await local.stop();
  }
}

interface Deployed {
  readonly api: OrdersApi;
  readonly bus: OrdersBus;
  readonly files: DeployedFiles;
  readonly observer: Observer;
}

async function deploy(local: LocalAws, stopwatch: Stopwatch): Promise<Deployed> {
  const outputs = await stopwatch.step('deploy', 'deploying examples/full with the CDK CLI', () => deployExample('full', STACK, local));
  const api = await OrdersApi.of(local, outputs);
  const { EventLogQueueUrl: eventLogQueueUrl, AlertsQueueUrl: alertsQueueUrl, LargeOrdersQueueUrl: largeOrdersQueueUrl } = outputs;
  const observer = new Observer({ local, stackName: STACK, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl, api });
  return { api, observer, bus: new OrdersBus(local, outputs.EventBusName), files: new DeployedFiles(local, outputs.FilesBucketName, api) };
}

async function demonstrate(deployed: Deployed, stopwatch: Stopwatch): Promise<boolean> {
  const requests = await sendRequests(deployed, stopwatch);
  const life = await changeOrders(deployed, stopwatch);
  const files = await dropFiles(deployed, stopwatch);
  const [counts, lifeCounts, fileCounts] = [count(requests), countLife(life), countFiles(files)];
  const unexpected = [
    ...surprises(requests).map(describeSurprise), ...lifeSurprises(life).map(describeLifeSurprise), ...fileSurprises(files).map(describeFileSurprise),
  ];

  say(`\nRequests\n${requestTable(requests)}`);
  say(`\nWhat was asked of orders afterwards\n${lifeTable(life)}`);
  say(`\nThe history of ${SHOWN_ORDER}\n${timeline((await deployed.api.request(`/orders/${SHOWN_ORDER}/events`, {})).body.items)}`);
  const ids = [...requests.flatMap(({ orderId }) => orderId ?? []), ...life.map(({ ask }) => ask.orderId)];
  say(`\nOrders\n${orderTable(await storedOrders(deployed.api, ids))}`);
  say(`\nFiles\n${fileTable(files)}`);
  for (const alert of deployed.observer.alerts) say(`\nAlert\n${alert.replace(/^(?=.)/gm, '  ')}`);
  say(`\nQueues and their dead-letter queues\n${queueTable(deployed.observer.allQueues)}`);
  say(`\nSeconds: ${Object.entries(stopwatch.seconds).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ')}`);
  for (const line of unexpected) say(`✗ ${line}`);
  say(`\nsubmitted ${counts.submitted}, refused at the door ${counts.refused}`);
  say(countingLine(counts));
  say(lifeCountingLine(lifeCounts));
  say(fileCountingLine(fileCounts));
  const asExpected = unexpected.length === 0;
  writeFileSync(REPORT, `${JSON.stringify({ counts, life: lifeCounts, files: fileCounts, asExpected, seconds: stopwatch.seconds }, undefined, 2)}\n`);
  return addsUp(counts) && lifeAddsUp(lifeCounts) && filesAddUp(fileCounts) && asExpected;
}

const describeSurprise = ({ correlationId, request, outcome }: Settled) =>
  `${correlationId} (${request.what}): expected ${request.expected}, got ${outcome ?? 'nothing'}`;

const describeLifeSurprise = ({ correlationId, ask, outcome, reason }: SettledAsk) =>
  `${correlationId} (${ask.what}): expected ${ask.expected} ${ask.code ?? ''}, got ${outcome ?? 'nothing'} ${reason ?? ''}`;

const describeFileSurprise = ({ file: { name, what, expected }, view, confirmed, repeated, invalid }: SettledFile) =>
  `${name} (${what}): expected ${JSON.stringify(expected)}, got ${JSON.stringify({ state: view.state, confirmed, repeated, invalid })}`;

/** First chapter: orders one at a time. */
async function sendRequests({ api, observer }: Deployed, stopwatch: Stopwatch): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (const [index, wave] of WAVES.entries()) {
    const number = index + 1;
    const answered = await stopwatch.step(`send${number}`, `sending ${wave.length} requests`, () => sendAll(api, wave, settled.length + 1));
    settled.push(...await stopwatch.step(`settle${number}`, 'following them until table and bus have settled', () =>
      follow(observer, answered, (each) => observer.settle(each))));
  }
  return settled;
}

/** Second chapter: what is asked of orders that were placed, or will be. */
async function changeOrders({ api, bus, observer }: Deployed, stopwatch: Stopwatch): Promise<SettledAsk[]> {
  const follower = new LifeFollower(api, bus, observer);
  let settled: SettledAsk[] = [];
  for (const [index, wave] of LIFE_WAVES.entries()) {
    const asked = await stopwatch.step(`ask${index + 1}`, `changing, cancelling and fulfilling: ${wave.length} requests`, () => follower.send(wave, settled.length + 1));
    // What waited in an earlier wave may have come to something else by now.
    settled = await stopwatch.step(`settleAsk${index + 1}`, 'following them until table and bus have settled', () =>
      follow(observer, [...settled, ...asked], (each) => follower.settle(each)));
  }
  return settled;
}

/** Third chapter: orders in files. */
async function dropFiles({ api, files, observer }: Deployed, stopwatch: Stopwatch): Promise<SettledFile[]> {
  const follower = new FileFollower(files, api, observer);
  const settled: SettledFile[] = [];
  for (const [index, wave] of FILE_WAVES.entries()) {
    const what = `dropping ${wave.map(({ name }) => name).join(', ')}, and following every order`;
    settled.push(...await stopwatch.step(`files${index + 1}`, what, () => follower.follow(wave, (line) => say(`  ${line}`))));
  }
  return settled;
}

/** Looks until the outcome of everything is known and nothing is on its way; then, or after two minutes, says what is known. */
async function follow<Sent, Known extends Sent & { readonly outcome?: string }>(
  observer: Observer, sent: readonly Sent[], settle: (each: Sent) => Promise<Known>,
): Promise<Known[]> {
  let settled: Known[] = [];
  let known = -1;
  const finished = await eventually('all requests to settle', async () => {
    await observer.look();
    settled = await Promise.all(sent.map(settle));
    const nowKnown = settled.filter(({ outcome }) => outcome).length;
    if (nowKnown !== known) say(`  ${nowKnown} of ${settled.length} settled, ${observer.inFlight} messages on their way`);
    known = nowKnown;
    return known === settled.length && observer.inFlight === 0 ? settled : undefined;
  }, 120).catch(() => settled);
  return finished;
}

/** The orders as the API shows them. */
async function storedOrders(api: OrdersApi, orderIds: readonly string[]): Promise<OrderRow[]> {
  const answers = await Promise.all([...new Set(orderIds)].map((orderId) => api.get(orderId)));
  return answers.filter(({ status }) => status === 200).map(({ body }) => body);
}

function sayHowToUse(local: LocalAws, { url, apiKey }: OrdersApi): void {
  const order = '{"customerId":"you","currency":"EUR","items":[{"sku":"coffee-1kg","quantity":1,"unitPrice":1890}]}';
  say(`\nLeft running.\n  URL  ${url}\n  key  ${apiKey}\n  AWS  ${local.endpoint} (log: ${local.logFile})\n`);
  say(`  curl -i '${url}/orders' -H 'x-api-key: ${apiKey}' -H 'Content-Type: application/json' -d '${order}'\n`);
  say('  To stop it: npm run demo -- --stop');
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: Error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  },
);
