/** Takes the pictures of the console in `docs/console/` from a real run: `examples/full` on a local AWS, with orders, a file, an outage and its end. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { writeIndexedPng } from './write-indexed-png';
import { eventually } from '../cli/local/system/eventually';
import { startChromium } from '../test/support/chromium';
import { ConsolePage } from '../test/support/console-page';
import { ConsoleProcess } from '../test/support/console-process';
import { deployExample } from '../test/support/deploy-example';
import { startLocalAws } from '../test/support/local-aws';
import { sampleOrder } from '../test/support/sample-order';

const FOLDER = 'docs/console';
const MAX_BYTES = 100_000;
/** A window in which each view is readable in a document. */
const VIEWPORT = { width: 1180, height: 760 };

/** The orders of the file, besides an invalid one. */
const FILE_ORDERS = 500;

/** Orders of every outcome. */
async function placeOrders(server: ConsoleProcess): Promise<void> {
  for (const number of [1, 2, 3, 4, 5]) await server.request('POST', 'orders', sampleOrder({ orderId: `shop-100${number}`, customerId: 'anna' }));
  await server.request('POST', 'orders', sampleOrder({ orderId: 'shop-1006', total: 1 }));
  await statusOf(server, 'shop-1002', 'CONFIRMED');
  await server.request('POST', 'orders/shop-1002/changes', { notes: 'ring twice' });
}

/** Uploads a file, and returns its ID as soon as its orders are counted. */
async function uploadFile(server: ConsoleProcess): Promise<string> {
  const orders = Array.from({ length: FILE_ORDERS }, (_, index) => sampleOrder({ orderId: `partner-${index + 1}` }));
  await server.request('PUT', 'files/monday.json', JSON.stringify([...orders, { orderId: `partner-${FILE_ORDERS + 1}`, customerId: 'bob' }]));
  const { fileId } = await eventually('the validation of the file', async () => {
    const { files: [file] } = await server.get('files');
    return file?.counts ? file : undefined;
  }, 120);
  return fileId;
}

/** Throttles the orders table until the orders that are placed then are in a dead-letter queue. */
async function causeOutage(server: ConsoleProcess): Promise<void> {
  await server.request('POST', 'faults/throttle-orders-table');
  for (const number of [7, 8, 9]) await server.request('POST', 'orders', sampleOrder({ orderId: `shop-100${number}` }));
  await eventually('the dead letters', async () => (await server.get('status')).deadLettered === 3 || undefined, 120);
}

/** Ends the outage, and redrives its dead letters with the page. */
async function redriveAll(page: ConsolePage): Promise<void> {
  await page.endFault('Throttle the orders table');
  await page.show('Dead letters');
  await page.click('Redrive all');
  await page.confirm('Redrive all messages');
  await page.text('No redriven message came back');
}

const statusOf = (server: ConsoleProcess, orderId: string, status: string): Promise<boolean> =>
  eventually(`${orderId} ${status}`, async () => (await server.get(`orders?orderId=${orderId}`)).orders[0]?.status === status || undefined);

/** Takes the pictures in the order of what happens: orders, a file, an outage, and its end. */
async function takePictures(server: ConsoleProcess): Promise<void> {
  const browser = await startChromium();
  try {
    const page = await ConsolePage.open(browser, server.pageUrl, { viewport: VIEWPORT });
    const take = async (name: string, fragment: string, text: string, from = page): Promise<void> => {
      await from.go(fragment);
      await from.text(text, 120);
      await save(browser, from, name);
    };
    await placeOrders(server);
    const fileId = await uploadFile(server);
    await take('file-arriving', `#/files/${fileId}`, 'orders processed');
    await take('file', `#/files/${fileId}`, `${FILE_ORDERS} of ${FILE_ORDERS} orders processed`);
    await take('order', '#/orders/shop-1002', 'Timeline');
    await take('rejected-order', '#/orders/shop-1006', 'Timeline');
    await take('orders', '#/orders', 'Latest orders');
    await take('events', '#/events?type=OrderConfirmed', 'order confirmed');
    await causeOutage(server);
    await take('break-it', '#/break-it', 'Make process-order fail');
    await take('pipeline', '#/pipeline', '3 orders wait in dead-letter queues');
    const dark = await ConsolePage.open(browser, server.pageUrl, { colorScheme: 'dark', viewport: VIEWPORT });
    await take('pipeline-dark', '#/pipeline', '3 orders wait in dead-letter queues', dark);
    await take('dead-letters', '#/dead-letters', 'ThrottlingException');
    await redriveAll(page);
    await take('pipeline-recovered', '#/pipeline', 'The equation holds: every accepted order has an outcome');
  } finally {
    await browser.close();
  }
}

async function save(browser: Browser, { page }: ConsolePage, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await writeIndexedPng(path, await page.screenshot({ fullPage: name.startsWith('pipeline') }), browser);
  const { size } = statSync(path);
  if (size > MAX_BYTES) throw new Error(`${path} must have at most ${MAX_BYTES} bytes, and has ${size}`);
  process.stdout.write(`${path}: ${Math.round(size / 1000)} kB\n`);
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const local = await startLocalAws();
  try {
    await deployExample('full', 'FullOrders', local);
    const server = await ConsoleProcess.start(local, '--stack', 'FullOrders', '--allow-changes', '--show-contents');
    await takePictures(server).finally(() => server.stop());
  } finally {
    await local.stop();
  }
}

void main();
