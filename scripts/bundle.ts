/**
 * Bundles the handlers and their layer into `assets/`, and the command line into `bin/`. Overwrites files in place, because another process may
 * be deploying them; removes bundles without a handler.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, transformSync, type BuildOptions, type Metafile } from 'esbuild';
import { writeThirdPartyLicenses } from './third-party-licenses';
import { LAYER_MODULE, ORDER_MODEL_MODULE } from '../src/private/contract';
import { compileOrderModel } from '../src/private/order-model/compile-order-model';
import { STANDARD_ORDER_MODEL } from '../src/private/order-model/standard-order-model';
import { STANDARD_ORDER_SCHEMA } from '../src/private/order-model/standard-order-schema';

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

const LAYER = 'assets/layer/nodejs/node_modules';

const bundleLayer = (): Metafile => buildSync({
  ...OPTIONS, entryPoints: ['handlers/shared/index.ts'], outfile: `${LAYER}/${LAYER_MODULE}/index.js`, alias: { '#order-model': ORDER_MODEL_MODULE }, external: [ORDER_MODEL_MODULE],
}).metafile;

/** Bundles the standard model. A model of an app replaces its `index.js` at synth. */
function bundleOrderModel(): Metafile {
  const { metafile } = buildSync({ ...OPTIONS, entryPoints: ['handlers/model/runtime.ts'], outfile: `${LAYER}/${ORDER_MODEL_MODULE}/runtime.js` });
  const { code } = transformSync(compileOrderModel(STANDARD_ORDER_SCHEMA, STANDARD_ORDER_MODEL), { minify: true, target: OPTIONS.target });
  writeFileSync(`${LAYER}/${ORDER_MODEL_MODULE}/index.js`, code);
  return metafile;
}

/** Bundles the command line for the oldest Node.js version that users may have. */
const bundleCommand = (): Metafile => buildSync({
  ...OPTIONS, target: 'node20', entryPoints: ['cli/cdk-order-pipeline.ts'], outfile: 'bin/cdk-order-pipeline.js',
}).metafile;

writeThirdPartyLicenses([bundleHandlers(), bundleLayer(), bundleOrderModel(), bundleCommand()]);
