import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium';
import { ConsolePage } from '../support/console-page';
import { ConsoleProcess } from '../support/console-process';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { recoverFromOutage } from '../support/recover-from-outage';
import { sampleOrder } from '../support/sample-order';

/** The views by their fragments, with one order, one file and one resource. */
const VIEWS = ['pipeline', 'orders', 'files', 'dead-letters', 'events', 'break-it'];

describe('the page of the console, in Chromium and on a local AWS', () => {
  let local: LocalAws;
  let server: ConsoleProcess;
  let browser: Browser;
  let page: ConsolePage;
  beforeAll(async () => {
    local = await startLocalAws();
    await deployExample('full', 'FullOrders', local);
    server = await ConsoleProcess.start(local, '--stack', 'FullOrders', '--allow-changes', '--show-contents');
    browser = await startChromium();
    page = await ConsolePage.open(browser, server.pageUrl);
  }, 300_000);
  afterEach(() => {
    expect(page.errors).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await local?.stop();
  });

  test('the token is not in the address bar', () => {
    expect(page.page.url()).toBe(`${server.url}/#/pipeline`);
  });

  test('an order that is placed in the page is followed to confirmed', async () => {
    await page.placeOrder(sampleOrder({ orderId: 'page-1', customerId: 'anna' }));
    await page.page.getByRole('status').filter({ hasText: 'confirmed' }).first().waitFor({ timeout: 60_000 });
    await page.page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await page.text('order confirmed');
  });

  test('an order that breaks the rules is refused with the reasons, and one that was rejected is explained', async () => {
    await page.sendOrder({ orderId: 'page-2' });
    await page.page.getByRole('alert').filter({ hasText: '/currency' }).waitFor();
    await page.placeOrder(sampleOrder({ orderId: 'page-3', total: 1 }));
    await page.page.getByRole('region', { name: 'Why' }).filter({ hasText: '/total must be' }).waitFor({ timeout: 60_000 });
  });

  test('a file that is dropped on the page is watched until all of its orders are processed', async () => {
    await page.show('Files');
    await page.drop('monday.json', JSON.stringify([sampleOrder({ orderId: 'filed-1' }), sampleOrder({ orderId: 'filed-2' }), { orderId: 'filed-3' }]));
    await page.page.getByRole('link', { name: 'monday.json' }).click({ timeout: 60_000 });
    await page.text('2 of 2 orders processed');
    await page.text('filed-3');
    const confirmed = page.page.getByRole('table', { name: 'Orders found' }).getByRole('row').filter({ hasText: 'confirmed' });
    await confirmed.nth(1).waitFor();
    expect(await confirmed.count()).toBe(2);
    const download = page.page.waitForEvent('download');
    await page.click('Download the report');
    expect((await download).suggestedFilename()).toMatch(/\.ndjson$/);
  });

  test('orders of an outage are in a dead-letter queue, and after a redrive all are confirmed and the equation holds', async () => {
    await recoverFromOutage(page, 'page-4', () => page.placeOrder(sampleOrder({ orderId: 'page-4' })));
    await page.show('Dead letters');
    await page.text(/All \d+ dead-letter queues are empty/);
    await page.show('Pipeline');
    await page.text('Nothing needs attention');
  });

  test('axe-core finds no violation in any view, light and dark, and none is wider than a narrow window', async () => {
    await server.request('POST', 'faults/poison-messages');
    await page.show('Pipeline');
    await page.text('1 message in the dead-letter queue "orders"');
    const { files: [{ fileId }] } = await server.get('files');
    const { resources: [{ id }] } = await server.get('pipeline');
    const views = [...VIEWS, 'orders/page-3', `files/${fileId}`, `pipeline/${id}`];
    for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { viewport: { width: 320, height: 640 } }] as const) {
      const other = await ConsolePage.open(browser, server.pageUrl, options);
      for (const view of views) {
        await other.go(`#/${view}`);
        await other.page.locator('main .loading').first().waitFor({ state: 'hidden' });
        for (const details of await other.page.locator('main details.panel > summary').all()) await details.click();
        const violations = 'colorScheme' in options ? await other.violations() : [];
        expect({ view, options, violations, overflow: await other.overflow() }).toEqual({ view, options, violations: [], overflow: 0 });
      }
      expect(other.errors).toEqual([]);
      await other.close();
    }
  });
});
