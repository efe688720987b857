/**
 * The demo: deploys `examples/full` to a local AWS with the CDK CLI, sends orders, changes and order files, follows workflows, injects failures, redrives the
 * dead-letter queues, and shows that no accepted order is lost.
 */
import { followOrders } from './around/follow-orders';
import { deploy, STACK, type DeployedExample } from './deployed-example';
import { injectFailures } from './failures/inject-failures';
import { startKeptConsole } from './kept-console';
import { recordKept, stopKept } from './kept-local-aws';
import { requestChanges } from './lifecycle/request-changes';
import { processFiles } from './order-files/process-files';
import { placeOrders } from './orders/place-orders';
import { printReport } from './report/print-report';
import { StepTimer } from './step-timer';
import { startLocalAws } from '../test/support/local-aws';

const KEEP = '--keep';
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Returns the exit status: 0 when every order has its expected outcome. */
async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== KEEP);
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(' ')}: the only option is ${KEEP}, which keeps the local AWS running`);
  // Of an earlier demo.
  await stopKept();
  return await runDemo(args.includes(KEEP)) ? 0 : 1;
}

async function runDemo(keep: boolean): Promise<boolean> {
  const timer = new StepTimer();
  const local = await timer.step('start', 'starting a local AWS (MiniStack)', () => startLocalAws({ log: (line) => print(`  ${line}`), detached: keep }));
  // Recorded at once, so that the next demo stops the local AWS even when this process is killed.
  if (keep) recordKept(local);
  try {
    const example = await deploy(local, timer);
    const succeeded = await demonstrate(example, timer);
    if (keep) printAccess(example, await startKeptConsole(local, STACK));
    return succeeded;
  } catch (error) {
    await stopKept();
    throw error;
  } finally {
    if (!keep) await local.stop();
  }
}

async function demonstrate(example: DeployedExample, timer: StepTimer): Promise<boolean> {
  const orders = await placeOrders(example, timer);
  const lifecycle = await requestChanges(example, timer);
  const files = await processFiles(example, timer);
  const around = await followOrders(example, timer);
  const failures = await injectFailures(example, timer);
  return printReport(example, { orders, lifecycle, files, around, failures, seconds: timer.seconds });
}

function printAccess({ local: { endpoint, logFile, env }, api: { url, apiKey } }: DeployedExample, consoleUrl: string): void {
  const order = '{"customerId":"you","currency":"EUR","items":[{"sku":"coffee-1kg","quantity":1,"unitPrice":1890}]}';
  const variables = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => `${name}=${env[name]}`).join(' ');
  print(`
The local AWS keeps running.
  API      ${url}
  API key  ${apiKey}
  AWS      ${endpoint} (log: ${logFile})

Open its console in a browser:
  ${consoleUrl}

Place an order:
  curl -i '${url}/orders' -H 'x-api-key: ${apiKey}' -H 'Content-Type: application/json' -d '${order}'

Place an example order, and follow it:
  ${variables} node bin/cdk-order-pipeline.js try --stack ${STACK}

List the dead-letter queues:
  ${variables} node bin/cdk-order-pipeline.js redrive --stack ${STACK} --list

Stop the local AWS:
  npm run demo:stop`);
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: Error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  },
);
