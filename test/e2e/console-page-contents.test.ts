import type { Browser } from 'playwright-core';
import type { OrderEvent } from '../../cli/console/console-api';
import { eventually } from '../../cli/local/system/eventually';
import { startChromium } from '../support/chromium';
import { ConsolePage } from '../support/console-page';
import { FakeConsole } from '../support/fake-console';
import { HOSTILE, startHostileConsole } from '../support/hostile-console';
import { measureFrames, type FrameTimes } from '../support/measure-frames';

const ID = encodeURIComponent(HOSTILE);
/** Every view, with its title. */
const VIEWS = [
  ['#/pipeline', 'Pipeline'], ['#/pipeline/Queue', 'Pipeline'], ['#/orders', 'Orders'], ['#/orders?by=status&value=REJECTED', 'Orders'], [`#/orders/${ID}`, 'Orders'],
  ['#/files', 'Files'], [`#/files/${ID}`, 'Files'], ['#/dead-letters', 'Dead letters'], ['#/events', 'Events'], ['#/break-it', 'Break it'],
] as const;
const event = (index: number): OrderEvent =>
  ({ eventId: `event-${index}`, type: index % 3 === 0 ? 'OrderConfirmed' : 'OrderValidated', at: new Date(1_790_000_000_000 + index * 20).toISOString(), orderId: `order-${index}`, detail: { index } });

describe('the page of the console, in Chromium', () => {
  let browser: Browser;
  let page: ConsolePage;
  const consoles: FakeConsole[] = [];
  const open = async (console: FakeConsole, options?: Parameters<typeof ConsolePage.open>[2]) => {
    consoles.push(console);
    page = await ConsolePage.open(browser, console.url, options);
    return page;
  };
  beforeAll(async () => { browser = await startChromium(); }, 120_000);
  afterEach(async () => {
    await page.close();
    await Promise.all(consoles.splice(0).map((console) => console.stop()));
  });
  afterAll(() => browser?.close());

  /** Goes to a view, waits until it is read, and opens everything in it. */
  const visit = async ([fragment, title]: (typeof VIEWS)[number]) => {
    await page.go(fragment);
    await page.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.page.locator('.loading').first().waitFor({ state: 'detached' });
    await page.page.locator('details').evaluateAll((all) => { for (const each of all as unknown as { open: boolean }[]) each.open = true; });
  };

  test('texts that would be scripts are shown as texts, in every view', async () => {
    await open(await startHostileConsole());
    for (const view of VIEWS) {
      await visit(view);
      if (view[0] !== '#/break-it') await page.page.locator('main').getByText(HOSTILE).first().waitFor();
      expect(await page.page.locator('main img, main script, [onerror], [href^="javascript:"]').count()).toBe(0);
    }
    expect(await page.page.evaluate('globalThis.attacked')).toBeUndefined();
    expect(page.errors).toEqual([]);
  });

  test('axe finds nothing in any view of hostile texts, in a dark and narrow window that is scrolled in one direction only', async () => {
    await open(await startHostileConsole(), { colorScheme: 'dark', viewport: { width: 320, height: 640 } });
    const found: object[] = [];
    const tooWide: object[] = [];
    for (const view of VIEWS) {
      await visit(view);
      found.push(...(await page.violations()).map((each) => ({ view: view[0], ...each })));
      const overflow = await page.overflow();
      if (overflow > 0) tooWide.push([view[0], overflow]);
    }
    expect({ found, tooWide }).toEqual({ found: [], tooWide: [] });
  });

  test('a list of 10,000 orders scrolls smoothly, and has the visible rows only in the document', async () => {
    const console = await FakeConsole.start({ found: Array.from({ length: 10_000 }, (_, index) => ({ orderId: `order-${index}`, status: 'CONFIRMED', customerId: 'customer-1', total: index, currency: 'EUR' })) });
    await open(console);
    await page.go('#/orders?by=status&value=CONFIRMED');
    await page.text('10,000 orders');
    const list = page.page.getByRole('region', { name: 'Orders found' }).last();
    const frames = await measureFrames(page.page, async () => {
      await list.hover();
      for (let step = 0; step < 40; step++) await page.page.mouse.wheel(0, 2000);
      await list.press('End');
      await page.text('order-9999');
    });
    expect(await list.getByRole('row').count()).toBeLessThan(60);
    report('10,000 orders', frames);
    expect(frames.median).toBeLessThan(50);
  });

  test('50 events a second are shown, and the page stays smooth', async () => {
    const console = await FakeConsole.start();
    await open(console);
    await page.show('Events');
    await page.text('live');
    let sent = 0;
    const frames = await measureFrames(page.page, async () => {
      const timer = setInterval(() => console.emit(event(sent++)), 20);
      await eventually('200 events', async () => (sent >= 200 ? true : undefined), 20);
      clearInterval(timer);
      await page.text(`order-${sent - 1}`);
    });
    report('50 events a second', frames);
    expect(frames.median).toBeLessThan(50);
    await page.page.getByLabel('Type').selectOption('OrderConfirmed');
    await page.text(`${Math.ceil(sent / 3)} events`);
  });

  test('a paused stream stays as it is, and has the missed events when it is resumed', async () => {
    const console = await FakeConsole.start({ past: [event(1)] });
    await open(console);
    await page.show('Events');
    await page.text('order-1');
    await page.click('Pause');
    console.emit(event(2));
    await page.text('Paused: 1 new event');
    expect(await page.page.getByText('order-2').count()).toBe(0);
    await page.click('Resume');
    await page.text('order-2');
  });

  test('the token leaves the address bar, a reload still has it, and the URL of another run replaces it', async () => {
    const console = await FakeConsole.start();
    await open(console);
    await page.text('Nothing needs attention');
    expect(page.page.url()).toMatch(/#\/pipeline$/);
    await page.page.reload();
    await page.text('Nothing needs attention');
    await console.restart('token-of-another-run-of-the-console');
    await page.text(/token of this run of the console is missing or wrong/);
    await page.page.goto(console.url);
    await page.text('Nothing needs attention');
  });

  test('a lost connection is shown, and the page follows the console again when it is back', async () => {
    const console = await FakeConsole.start();
    await open(console);
    await page.text('live');
    await console.restart();
    await page.text('live');
    console.emit(event(7));
    await page.show('Events');
    await page.text('order-7');
  });

  test('what a read-only console does not allow cannot be pressed, and the header has what is masked', async () => {
    const console = await startHostileConsole();
    await open(Object.assign(console, { description: { ...console.description, allowsChanges: false, showsContents: false } }));
    await page.text('read-only');
    await page.text('contents masked');
    for (const view of VIEWS) {
      await visit(view);
      const changes = page.page.locator('main button:enabled').filter({ hasText: /Redrive|Place|Change|Cancel|Choose a file|Start/ });
      expect([view[0], await changes.count()]).toEqual([view[0], 0]);
    }
  });

  test('a fault starts when it is confirmed by keyboard, and not when the dialog is closed', async () => {
    const console = await FakeConsole.start();
    await open(console);
    await page.show('Break it');
    const start = page.page.getByRole('button', { name: 'Start' });
    for (const key of ['Escape', 'Enter']) {
      await start.focus();
      await page.page.keyboard.press('Enter');
      await page.page.getByRole('dialog').waitFor();
      await page.page.keyboard.press(key);
      await page.page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.page.evaluate('document.activeElement.textContent')).toMatch(/^Start/);
    }
    expect(console.calls).toEqual([]);
    await page.page.keyboard.press('Enter');
    await page.page.getByRole('dialog').waitFor();
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    await page.text('Make process-order fail: started');
    expect(console.calls).toEqual(['start fault']);
  });
});

/** Prints the figures of a measurement. */
const report = (what: string, { count, median, percentile95 }: FrameTimes): boolean =>
  process.stdout.write(`${what}: ${count} frames, median ${median.toFixed(1)} ms, 95th percentile ${percentile95.toFixed(1)} ms\n`);
