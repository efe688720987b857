import { buildSync, type Metafile } from 'esbuild';

/**
 * Bundles the libraries that check and compile JSON Schemas into the compiled library, in place. The packages are ten times as large as what is used of
 * them, and the package has no dependencies to audit this way.
 */
export const bundleJsonSchemaLibraries = (entryPoint: string, outfile?: string): Metafile => buildSync({
  logLevel: 'warning', platform: 'node', format: 'cjs', bundle: true, minify: true, target: 'node22', metafile: true,
  entryPoints: [entryPoint], outfile, write: outfile !== undefined, allowOverwrite: true,
}).metafile;
