import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';

/** A rule that axe-core found broken. */
export interface Violation {
  readonly id: string;
  readonly targets: readonly string[];
}

/** The page of the console, used by its labels as an operator uses it. */
export class ConsolePage {
  /** Opens the page at the URL with the token. */
  public static async open(browser: Browser, url: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<ConsolePage> {
    const page = new ConsolePage(await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options }));
    await page.page.goto(url);
    await page.page.getByText('live', { exact: true }).waitFor();
    return page;
  }

  /** Errors of its scripts, and what its Content-Security-Policy refused. */
  public readonly errors: string[] = [];

  private constructor(public readonly page: Page) {
    page.on('pageerror', ({ message }) => this.errors.push(message));
    page.on('console', (message) => { if (/Content.Security.Policy/i.test(message.text())) this.errors.push(message.text()); });
  }

  /** Goes to a view by its name in the navigation. */
  public async show(view: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: view }).click();
    await this.page.getByRole('heading', { level: 1, name: view }).waitFor();
  }

  /** Goes to what a fragment selects. */
  public go(fragment: string): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a browser has a location
    return this.page.evaluate((hash) => { (globalThis as any).location.hash = hash; }, fragment);
  }

  public click(button: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name: button }).first().click();
  }

  /** Confirms a change in the dialog. */
  public async confirm(action: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: action }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Starts a failure that lasts, in the view "Break it". */
  public async startFault(label: string): Promise<void> {
    await this.show('Break it');
    await this.click(`Start ${label}`);
    await this.confirm('Start');
    await this.text(`${label}: started`);
  }

  /** Ends a failure. */
  public async endFault(label: string): Promise<void> {
    await this.show('Break it');
    await this.click(`End it ${label}`);
    await this.text(`${label}: ended`);
  }

  /** Waits for a text. */
  public async text(text: string | RegExp, seconds = 60): Promise<Locator> {
    const found = this.page.getByText(text).first();
    await found.waitFor({ timeout: seconds * 1000 });
    return found;
  }

  /** Sends an order with the form. */
  public async sendOrder(order: object): Promise<void> {
    await this.show('Orders');
    const editor = this.page.getByLabel('Order', { exact: true });
    await this.page.getByText('Place an order').waitFor();
    if (!await editor.isVisible()) await this.page.getByText('Place an order').click();
    await editor.fill(JSON.stringify(order));
    await this.click('Place order');
    await this.confirm('Place order');
  }

  /** Places an order, and waits until it is shown. */
  public async placeOrder(order: { readonly orderId?: unknown }): Promise<void> {
    await this.sendOrder(order);
    await this.text(`The pipeline accepted order ${String(order.orderId)}`);
    await this.page.getByRole('heading', { level: 2, name: String(order.orderId) }).waitFor();
  }

  /** Drops a file on the page. */
  public async drop(name: string, contents: string): Promise<void> {
    await this.page.evaluate(({ name: fileName, text }) => {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of a browser are not those of the tests
      const browser = globalThis as any;
      const dataTransfer = new browser.DataTransfer();
      dataTransfer.items.add(new browser.File([text], fileName));
      browser.document.querySelector('main').dispatchEvent(new browser.DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, { name, text: contents });
    await this.confirm('Upload');
  }

  /** What axe-core finds in the page as it is now. */
  public async violations(): Promise<Violation[]> {
    await this.page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- axe-core is in the page
    const { violations } = await this.page.evaluate(() => (globalThis as any).axe.run());
    const targetsOf = (nodes: readonly { readonly html: string }[]) => nodes.map(({ html }) => html.slice(0, 160));
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => ({ id, targets: targetsOf(nodes) }));
  }

  /** How far the page is wider than its window, in pixels. */
  public overflow(): Promise<number> {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of a browser are not those of the tests
    return this.page.evaluate(() => { const browser = globalThis as any; return browser.document.documentElement.scrollWidth - browser.innerWidth; });
  }

  public close(): Promise<void> {
    return this.page.close();
  }
}
