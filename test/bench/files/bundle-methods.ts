import { build } from 'esbuild';
import { METHODS } from './methods';

/** The folder of the bundles, one for each method. */
export const BUNDLES = '.local/bench/methods';

/** Bundles each method with the settings of the handler bundles. */
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
