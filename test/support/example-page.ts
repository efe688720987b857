import type { Browser, Locator, Page } from 'playwright-core';

/** The page of an example, used by its labels as a customer uses it. */
export class ExamplePage {
  /** Errors of its scripts. */
  public readonly errors: string[] = [];

  protected constructor(protected readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  public async signIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.click('Sign in');
  }

  /** Waits until a user is signed in. */
  public async waitForUser(username: string): Promise<void> {
    await this.page.getByText(`Signed in as ${username}`).waitFor();
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

  public screenshot(path: string): Promise<Buffer> {
    return this.page.screenshot({ path, fullPage: true });
  }

  public close(): Promise<void> {
    return this.page.close();
  }

  protected click(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  protected shown(term: string): Locator {
    return this.page.locator('dt', { hasText: term }).locator('+ dd');
  }
}

/** A new page of a browser. */
export const newExamplePage = (browser: Browser): Promise<Page> => browser.newPage({ viewport: { width: 760, height: 760 } });
