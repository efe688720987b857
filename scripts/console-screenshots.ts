/** Takes the pictures of the console in `docs/console/` from a real run: `examples/full` on a local AWS, with orders, a file and an outage. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { writeIndexedPng } from './write-indexed-png';
import { startChromium } from '../test/support/chromium';
import { ConsolePage } from '../test/support/console-page';
import { ConsoleProcess } from '../test/support/console-process';
import { deployExample } from '../test/support/deploy-example';
import { eventually } from '../test/support/eventually';
import { startLocalAws } from '../test/support/local-aws';
import { sampleOrder } from '../test/support/sample-order';

const FOLDER = 'docs/console';
const MAX_BYTES = 100_000;
/** A window in which each view is readable in a document. */
const VIEWPORT = { width: 1180, height: 760 };

/** Orders of every outcome, a file with an invalid order, and an outage that is not over. */
async function fill(server: ConsoleProcess): Promise<string> {
  for (const number of [1, 2, 3, 4, 5]) await server.request('POST', 'orders', sampleOrder({ orderId: `shop-100${number}`, customerId: 'anna' }));
  await server.request('POST', 'orders', sampleOrder({ orderId: 'shop-1006', total: 1 }));
  await statusOf(server, 'shop-1002', 'CONFIRMED');
  await server.request('POST', 'orders/shop-1002/changes', { notes: 'ring twice' });
  const orders = [...Array(20).keys()].map((index) => sampleOrder({ orderId: `partner-${index + 1}` }));
  await server.request('PUT', 'files/monday.json', JSON.stringify([...orders, { orderId: 'partner-21', customerId: 'bob' }]));
  const { fileId } = await eventually('the outcomes of the file', async () => {
    const { files } = await server.get('files');
    return files[0]?.outcomes?.confirmed === orders.length ? files[0] : undefined;
  }, 120);
  await server.request('POST', 'faults/throttle-orders-table');
  for (const number of [7, 8, 9]) await server.request('POST', 'orders', sampleOrder({ orderId: `shop-100${number}` }));
  await eventually('the dead letters', async () => (await server.get('status')).deadLettered === 3 || undefined, 120);
  return fileId;
}

const statusOf = (server: ConsoleProcess, orderId: string, status: string): Promise<boolean> =>
  eventually(`${orderId} ${status}`, async () => (await server.get(`orders?orderId=${orderId}`)).orders[0]?.status === status || undefined);

/** What is shown in each picture: a fragment, and a text that is there when the view is complete. */
const pictures = (fileId: string): Readonly<Record<string, readonly [fragment: string, text: string]>> => ({
  'pipeline': ['#/pipeline', 'The equation holds'],
  'orders': ['#/orders', 'Latest orders'],
  'order': ['#/orders/shop-1002', 'Timeline'],
  'rejected-order': ['#/orders/shop-1006', 'Timeline'],
  'file': [`#/files/${fileId}`, '20 of 20 orders processed'],
  'dead-letters': ['#/dead-letters', 'ThrottlingException'],
  'events': ['#/events?type=OrderConfirmed', 'order confirmed'],
  'break-it': ['#/break-it', 'Make process-order fail'],
});

async function takePictures(server: ConsoleProcess): Promise<void> {
  const fileId = await fill(server);
  const browser = await startChromium();
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await ConsolePage.open(browser, server.pageUrl, { colorScheme, viewport: VIEWPORT });
      for (const [name, [fragment, text]] of Object.entries(pictures(fileId))) {
        if (colorScheme === 'dark' && name !== 'pipeline') continue;
        await page.go(fragment);
        await page.text(text);
        await save(browser, page, colorScheme === 'dark' ? `${name}-dark` : name);
      }
      await page.close();
    }
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
