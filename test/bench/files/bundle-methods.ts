import { build } from 'esbuild';
import { METHODS } from './methods';

/** Where the bundles are, one for each method. */
export const BUNDLES = '.local/bench/methods';

/** Bundles each method as the handlers are bundled, so that what is measured is what is shipped. */
export async function bundleMethods(): Promise<void> {
  await build({
    entryPoints: METHODS.map(({ name }) => `test/bench/files/methods/${name}.ts`),
    outdir: BUNDLES,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
}
