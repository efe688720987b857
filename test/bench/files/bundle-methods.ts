import { build } from 'esbuild';
import { METHODS } from './methods';
import { HANDLER_OPTIONS } from '../../../scripts/handler-options';

/** The folder of the bundles, one for each module of a method. */
export const BUNDLES = '.local/bench/methods';

/** Bundles each method with the settings of the handler bundles. */
export async function bundleMethods(): Promise<void> {
  const modules = new Set(METHODS.map(({ name, module = name }) => module));
  await build({ ...HANDLER_OPTIONS, entryPoints: [...modules].map((module) => `test/bench/files/methods/${module}.ts`), outdir: BUNDLES });
}
