import { copyFileSync, mkdirSync } from 'node:fs';
import { buildSync, type Metafile } from 'esbuild';

/** Where the server of the console finds its page. */
export const CONSOLE_PAGE = 'bin/console';

/** Bundles the page of the console. Its files have no code or style of other origins. */
export function bundleConsolePage(): Metafile {
  mkdirSync(CONSOLE_PAGE, { recursive: true });
  copyFileSync('console/index.html', `${CONSOLE_PAGE}/index.html`);
  return buildSync({
    entryPoints: ['console/page.tsx', 'console/page.css'],
    outdir: CONSOLE_PAGE,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'iife',
    // Browsers of the last two years.
    target: ['chrome121', 'firefox122', 'safari17.4'],
    tsconfig: 'console/tsconfig.json',
    logLevel: 'warning',
  }).metafile;
}
