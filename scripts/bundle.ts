/**
 * Bundles the handlers and their layer into `assets/`, and the command line into `bin/`. Overwrites files in place, because another process may
 * be deploying them; removes bundles without a handler.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type BuildOptions, type Metafile } from 'esbuild';
import { writeThirdPartyLicenses } from './third-party-licenses';
import { LAYER_MODULE } from '../src/private/contract';

const HANDLERS = 'assets/handlers';
const OPTIONS = {
  logLevel: 'warning', platform: 'node', format: 'cjs', bundle: true, minify: true, target: 'node24', mainFields: ['module', 'main'], metafile: true,
} satisfies BuildOptions;

function bundleHandlers(): Metafile {
  const entryPoints = readdirSync('handlers').filter((file) => file.endsWith('.ts')).map((file) => join('handlers', file));
  mkdirSync(HANDLERS, { recursive: true });
  const stale = readdirSync(HANDLERS).filter((name) => !existsSync(join('handlers', `${name}.ts`)));
  for (const name of stale) rmSync(join(HANDLERS, name), { recursive: true });
  return buildSync({
    ...OPTIONS, entryPoints, outdir: HANDLERS, entryNames: '[name]/index', alias: { '#shared': LAYER_MODULE }, external: [LAYER_MODULE],
  }).metafile;
}

const bundleLayer = (): Metafile => buildSync({
  ...OPTIONS, entryPoints: ['handlers/shared/index.ts'], outfile: `assets/layer/nodejs/node_modules/${LAYER_MODULE}/index.js`,
}).metafile;

/** Bundles the command line for the oldest Node.js version that users may have. */
const bundleCommand = (): Metafile => buildSync({
  ...OPTIONS, target: 'node20', entryPoints: ['cli/cdk-order-pipeline.ts'], outfile: 'bin/cdk-order-pipeline.js',
}).metafile;

writeThirdPartyLicenses([bundleHandlers(), bundleLayer(), bundleCommand()]);
