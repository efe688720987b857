import type { Browser, Page } from 'playwright-core';

/** The page of `examples/live-updates`, used by its labels as a customer uses it. */
export class LivePage {
  public static async open(browser: Browser, url: string): Promise<LivePage> {
    const page = await browser.newPage({ viewport: { width: 760, height: 760 } });
    const live = new LivePage(page);
    page.on('pageerror', (error) => live.errors.push(error.message));
    await page.goto(url);
    return live;
  }

  /** Errors of its scripts. */
  public readonly errors: string[] = [];

  private constructor(private readonly page: Page) {}

  public async signIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.click('Sign in');
    await this.page.getByText(`Signed in as ${username}`).waitFor();
  }

  /** Places an order, which the page then shows, and returns its ID. */
  public async placeOrder(): Promise<string> {
    await this.click('Place order');
    await this.shown('Order ID').waitFor();
    return this.shown('Order ID').innerText();
  }

  public async watch(orderId: string): Promise<void> {
    await this.page.getByLabel('Order ID').fill(orderId);
    await this.click('Watch');
  }

  /** Waits until the shown order has a status and a version. */
  public async waitForStatus(status: string, version: number): Promise<void> {
    await this.shown('Status').filter({ hasText: status }).waitFor({ timeout: 60_000 });
    await this.shown('Version').filter({ hasText: String(version) }).waitFor();
  }

  /** Waits until an event is shown. Returns the types of all events that are. */
  public async eventsWith(type: string): Promise<string[]> {
    await this.page.getByRole('listitem').filter({ hasText: type }).waitFor({ timeout: 60_000 });
    return this.events();
  }

  public events(): Promise<string[]> {
    return this.page.getByRole('listitem').allInnerTexts();
  }

  /** Waits for an error, and returns its text. */
  public async error(): Promise<string> {
    await this.page.getByRole('alert').waitFor();
    return this.page.getByRole('alert').innerText();
  }

  public showsOrder(): Promise<boolean> {
    return this.shown('Order ID').isVisible();
  }

  public screenshot(path: string): Promise<Buffer> {
    return this.page.screenshot({ path, fullPage: true });
  }

  public close(): Promise<void> {
    return this.page.close();
  }

  private click(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  private shown(term: string) {
    return this.page.locator('dt', { hasText: term }).locator('+ dd');
  }
}
