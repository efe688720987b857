import { startChromium } from './chromium';
import { ConsolePage } from './console-page';
import { ConsoleProcess } from './console-process';
import type { LocalAws } from './local-aws';

/** Opens the page of the console of a stack, which may change everything, in a browser, and closes all after the use. */
export async function withConsolePage(local: LocalAws, stack: string, use: (page: ConsolePage) => Promise<void>): Promise<void> {
  const server = await ConsoleProcess.start(local, '--stack', stack, '--allow-changes', '--show-contents');
  try {
    const browser = await startChromium();
    try {
      const page = await ConsolePage.open(browser, server.pageUrl);
      await use(page);
      expect(page.errors).toEqual([]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
