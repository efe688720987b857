import type { Browser } from 'playwright-core';
import { ExamplePage, newExamplePage } from './example-page';

/** The page of `examples/jwt-browser-shop`, used by its labels as a customer uses it. */
export class ShopPage extends ExamplePage {
  public static async open(browser: Browser, url: string): Promise<ShopPage> {
    const page = await newExamplePage(browser);
    const shop = new ShopPage(page);
    await page.goto(url);
    return shop;
  }

  public signOut(): Promise<void> {
    return this.click('Sign out');
  }

  public async placeOrder(article: string, quantity: number, note: string): Promise<void> {
    await this.page.getByLabel('Article').selectOption({ label: article });
    await this.page.getByLabel('Quantity').fill(String(quantity));
    await this.page.getByLabel('Note').fill(note);
    await this.click('Place order');
  }

  public async showOrder(orderId: string): Promise<void> {
    await this.page.getByLabel('Order ID').fill(orderId);
    await this.click('Show order');
  }

  public cancelOrder(): Promise<void> {
    return this.click('Cancel order');
  }

  /** Waits until the shown order has a status. Returns what is shown of it. */
  public async waitForStatus(status: string): Promise<{ readonly orderId: string; readonly contents: string }> {
    await this.shown('Status').filter({ hasText: status }).waitFor({ timeout: 60_000 });
    return { orderId: await this.shown('Order ID').innerText(), contents: await this.shown('Contents').innerText() };
  }

  /** Waits until the list has an order. Returns the texts of all its rows. */
  public async listWith(orderId: string): Promise<string[]> {
    await this.page.getByRole('row').filter({ hasText: orderId }).waitFor();
    return this.list();
  }

  public list(): Promise<string[]> {
    return this.page.locator('tbody').getByRole('row').allInnerTexts();
  }

  /** Replaces the response to requests for an order. */
  public async respond(orderId: string, body: object): Promise<void> {
    await this.page.route(`**/orders/${orderId}`, (route) => route.fulfill({ json: body, headers: { 'Access-Control-Allow-Origin': '*' } }));
  }
}
