import { buildSync, type Metafile } from 'esbuild';
import { OPTIONS } from './handler-options';

/**
 * Bundles the libraries that check and compile JSON Schemas into the compiled library, in place. The packages are ten times as large as what is used of
 * them, and the package has no dependencies to audit this way.
 */
export const bundleJsonSchemaLibraries = (entryPoint: string, outfile?: string): Metafile => buildSync({
  ...OPTIONS,
  target: 'node22',
  mainFields: ['main'],
  entryPoints: [entryPoint],
  outfile,
  write: outfile !== undefined,
  allowOverwrite: true,
}).metafile;
