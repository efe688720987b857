import { chromium, type Browser } from 'playwright-core';
import { run } from '../../cli/local/system/run-program';

/** The package has Chromium compressed, and is an ES module, which Jest does not load. */
const EXTRACT = 'import chromium from "@sparticuz/chromium"; process.stdout.write(await chromium.executablePath());';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/**
 * Starts a Chromium without a window, with an empty profile. `CHROMIUM_PATH` is the path of another one, for machines other than Linux on x64.
 */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? await run(process.execPath, ['--input-type=module', '--eval', EXTRACT]);
  return chromium.launch({ executablePath, args: FLAGS, chromiumSandbox: false });
}
