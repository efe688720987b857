import type { Browser, Page } from 'playwright-core';

/** The page of `examples/jwt-browser-shop`, used by its labels as a customer uses it. */
export class ShopPage {
  public static async open(browser: Browser, url: string): Promise<ShopPage> {
    const page = await browser.newPage({ viewport: { width: 760, height: 760 } });
    const shop = new ShopPage(page);
    page.on('pageerror', (error) => shop.errors.push(error.message));
    await page.goto(url);
    return shop;
  }

  /** Errors of its scripts. */
  public readonly errors: string[] = [];

  private constructor(private readonly page: Page) {}

  public async signIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.click('Sign in');
  }

  /** Waits until a user is signed in. */
  public async waitForUser(username: string): Promise<void> {
    await this.page.getByText(`Signed in as ${username}`).waitFor();
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

  /** Whether an order is shown. */
  public showsOrder(): Promise<boolean> {
    return this.shown('Order ID').isVisible();
  }

  /** Waits for an error, and returns its text. */
  public async error(): Promise<string> {
    await this.page.getByRole('alert').waitFor();
    return this.page.getByRole('alert').innerText();
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
