/**
 * The demo: the whole pipeline on this machine, deployed by the real CDK CLI, with 26 orders, what is asked of them afterwards, four files of
 * orders, and things that break.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addsUp, count, countFiles, countLife, filesAddUp, lifeAddsUp, surprises } from './account';
import { breakThings } from './break-things';
import { changeOrders, dropFiles, sendRequests } from './chapters';
import { deploy, STACK, type Deployed } from './deployed';
import { fileSurprises, type SettledFile } from './files';
import { keep, stopKept } from './kept';
import { lifeSurprises, type SettledAsk } from './life';
import { SHOWN_ORDER } from './life-scenario';
import {
  breakageTable, countingLine, fileCountingLine, fileTable, lifeCountingLine, lifeTable, orderTable, queueTable, requestTable, timeline,
  type OrderRow,
} from './print';
import type { Settled } from './requests';
import { Stopwatch } from './stopwatch';
import { tallySurprises } from './tally';
import { startLocalAws, type LocalAws } from '../test/support/local-aws';
import type { OrdersApi } from '../test/support/orders-api';

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

async function demonstrate(deployed: Deployed, stopwatch: Stopwatch): Promise<boolean> {
  const requests = await sendRequests(deployed, stopwatch);
  const life = await changeOrders(deployed, stopwatch);
  const files = await dropFiles(deployed, stopwatch);
  const breakage = await breakThings(deployed, stopwatch);
  const [counts, lifeCounts, fileCounts] = [count(requests), countLife(life), countFiles(files)];
  const [broken, mended] = [count(breakage.before), count(breakage.after)];
  const unexpected = [
    ...surprises(requests).map(describeSurprise), ...lifeSurprises(life).map(describeLifeSurprise), ...fileSurprises(files).map(describeFileSurprise),
    ...tallySurprises(breakage.before, ({ before, expected }) => before ?? expected), ...tallySurprises(breakage.after, ({ expected }) => expected),
  ];

  say(`\nRequests\n${requestTable(requests)}`);
  say(`\nWhat was asked of orders afterwards\n${lifeTable(life)}`);
  say(`\nThe history of ${SHOWN_ORDER}\n${timeline((await deployed.api.request(`/orders/${SHOWN_ORDER}/events`, {})).body.items)}`);
  const ids = [...requests.flatMap(({ orderId }) => orderId ?? []), ...life.map(({ ask }) => ask.orderId)];
  say(`\nOrders\n${orderTable(await storedOrders(deployed.api, ids))}`);
  say(`\nFiles\n${fileTable(files)}`);
  for (const alert of deployed.observer.alerts) say(`\nAlert\n${indented(alert)}`);
  say(`\nWhat met trouble\n${breakageTable(breakage)}`);
  say(`\nThe dead-letter queues, as "npx cdk-order-pipeline redrive --list" shows them\n${indented(breakage.listed)}`);
  say(`"npx cdk-order-pipeline redrive --execute"\n${indented(breakage.moved)}`);
  say(`Queues and their dead-letter queues\n${queueTable(deployed.observer.allQueues)}`);
  say(`\nSeconds: ${Object.entries(stopwatch.seconds).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ')}`);
  for (const line of unexpected) say(`✗ ${line}`);
  say(`\nsubmitted ${counts.submitted}, refused at the door ${counts.refused}`);
  say(countingLine(counts));
  say(lifeCountingLine(lifeCounts));
  say(fileCountingLine(fileCounts));
  say(countingLine(broken, 'met trouble'));
  say(countingLine(mended, 'after the redrive'));
  const asExpected = unexpected.length === 0;
  const report = { counts, life: lifeCounts, files: fileCounts, breakage: { before: broken, after: mended }, asExpected, seconds: stopwatch.seconds };
  writeFileSync(REPORT, `${JSON.stringify(report, undefined, 2)}\n`);
  return addsUp(counts) && lifeAddsUp(lifeCounts) && filesAddUp(fileCounts) && addsUp(broken) && addsUp(mended) && asExpected;
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

const describeSurprise = ({ correlationId, request, outcome }: Settled) =>
  `${correlationId} (${request.what}): expected ${request.expected}, got ${outcome ?? 'nothing'}`;

const describeLifeSurprise = ({ correlationId, ask, outcome, reason }: SettledAsk) =>
  `${correlationId} (${ask.what}): expected ${ask.expected} ${ask.code ?? ''}, got ${outcome ?? 'nothing'} ${reason ?? ''}`;

const describeFileSurprise = ({ file: { name, what, expected }, view, confirmed, repeated, invalid }: SettledFile) =>
  `${name} (${what}): expected ${JSON.stringify(expected)}, got ${JSON.stringify({ state: view.state, confirmed, repeated, invalid })}`;

/** The orders as the API shows them. */
async function storedOrders(api: OrdersApi, orderIds: readonly string[]): Promise<OrderRow[]> {
  const answers = await Promise.all([...new Set(orderIds)].map((orderId) => api.get(orderId)));
  return answers.filter(({ status }) => status === 200).map(({ body }) => body);
}

function sayHowToUse({ endpoint, logFile, env }: LocalAws, { url, apiKey }: OrdersApi): void {
  const order = '{"customerId":"you","currency":"EUR","items":[{"sku":"coffee-1kg","quantity":1,"unitPrice":1890}]}';
  say(`\nLeft running.\n  URL  ${url}\n  key  ${apiKey}\n  AWS  ${endpoint} (log: ${logFile})\n`);
  say(`  curl -i '${url}/orders' -H 'x-api-key: ${apiKey}' -H 'Content-Type: application/json' -d '${order}'\n`);
  const needed = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => `${name}=${env[name]}`).join(' ');
  say(`  ${needed} node bin/cdk-order-pipeline.js redrive --stack ${STACK} --list\n`);
  say('  To stop it: npm run demo -- --stop');
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: Error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  },
);
