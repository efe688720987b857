import type { Browser } from 'playwright-core';
import { ExamplePage, newExamplePage } from './example-page';

/** The page of `examples/live-updates`, used by its labels as a customer uses it. */
export class LivePage extends ExamplePage {
  public static async open(browser: Browser, url: string): Promise<LivePage> {
    const page = await newExamplePage(browser);
    const live = new LivePage(page);
    await page.goto(url);
    return live;
  }

  public override async signIn(username: string, password: string): Promise<void> {
    await super.signIn(username, password);
    await this.waitForUser(username);
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
}
