/**
 * Bundles the handlers and the layer with the order model into `assets/`, and the command line and the page of its console into `bin/`. Overwrites files in
 * place, because another process may be deploying them; removes bundles without a handler. Lists the packages of others in all bundles, with their licenses.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, buildSync, transformSync, type Metafile, type Plugin } from 'esbuild';
import { bundleConsolePage } from './bundle-console-page';
import { HANDLER_OPTIONS, LAYER, OPTIONS } from './handler-options';
import { bundleJsonSchemaLibraries } from './json-schema-libraries';
import { softwareBillOfMaterials } from './software-bill-of-materials';
import { thirdPartyLicenses } from './third-party-licenses';
import { thirdPartyPackages } from './third-party-packages';
import { COMMAND_LINE, ORDER_MODEL_MODULE, WITHOUT_HOOK } from '../src/private/contract';
import { compileOrderModel } from '../src/private/order-model/compile-order-model';
import { STANDARD_ORDER_MODEL } from '../src/private/order-model/standard-order-model';
import { STANDARD_ORDER_SCHEMA } from '../src/private/order-model/standard-order-schema';

const HANDLERS = 'assets/handlers';

function bundleHandlers(): Metafile {
  const entryPoints = readdirSync('handlers').filter((file) => file.endsWith('.ts')).map((file) => join('handlers', file));
  mkdirSync(HANDLERS, { recursive: true });
  const stale = readdirSync(HANDLERS).filter((name) => !existsSync(join('handlers', `${name}.ts`)));
  for (const name of stale) rmSync(join(HANDLERS, name), { recursive: true });
  return buildSync({ ...HANDLER_OPTIONS, entryPoints, outdir: HANDLERS, entryNames: '[name]/index' }).metafile;
}

/** Replaces the module that calls a validation hook by the one without a hook. */
const withoutHook: Plugin = {
  name: 'without-hook',
  setup: ({ onResolve }) => { onResolve({ filter: /^\.\/aws\/validation-hook$/ }, () => ({ path: resolve('handlers/aws/without-validation-hook.ts') })); },
};

/** `validate-order` without the client that calls a validation hook, beside the one with it. The client takes a fifth of the time to load the handler. */
const bundleWithoutHook = async (): Promise<Metafile> => (await build({
  ...HANDLER_OPTIONS, entryPoints: ['handlers/validate-order.ts'], outfile: `${HANDLERS}/validate-order/${WITHOUT_HOOK}.js`, plugins: [withoutHook],
})).metafile;

/** Bundles the standard model. A model of an app replaces its `index.js` at synth. */
function bundleOrderModel(): Metafile {
  const entryPoints = ['handlers/model/runtime.ts', 'handlers/model/formats.ts'];
  const { metafile } = buildSync({ ...OPTIONS, entryPoints, outdir: `${LAYER}/${ORDER_MODEL_MODULE}`, external: ['./formats'] });
  const { code } = transformSync(compileOrderModel(STANDARD_ORDER_SCHEMA, STANDARD_ORDER_MODEL), { minify: true, target: OPTIONS.target });
  writeFileSync(`${LAYER}/${ORDER_MODEL_MODULE}/index.js`, code);
  return metafile;
}

/** For the oldest Node.js version that users may have. */
const COMMAND_OPTIONS = { ...OPTIONS, target: 'node22' };

/** Bundles what starts the command line. */
function bundleStarter(): void {
  buildSync({ ...COMMAND_OPTIONS, entryPoints: ['cli/cdk-order-pipeline.ts'], outfile: 'bin/cdk-order-pipeline.js' });
}

const bundleCommandLine = (): Metafile => buildSync({
  ...COMMAND_OPTIONS,
  entryPoints: ['cli/main.ts'],
  outfile: join('bin', COMMAND_LINE),
  alias: { '#order-model': resolve('cli/console/order-model.ts') },
}).metafile;

/** Copies what installs and starts MiniStack, which `local` uses. */
function copyMiniStackFiles(): void {
  const [from, to] = ['cli/local/ministack', 'bin/ministack'];
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((each) => /\.(py|txt)$/.test(each))) copyFileSync(join(from, file), join(to, file));
}

async function bundle(): Promise<void> {
  copyMiniStackFiles();
  bundleStarter();
  const libraries = bundleJsonSchemaLibraries('src/private/order-model/json-schema-libraries.ts');
  const bundles = [bundleHandlers(), await bundleWithoutHook(), bundleOrderModel(), bundleCommandLine(), bundleConsolePage(), libraries];
  const packages = thirdPartyPackages(bundles);
  writeFileSync('THIRD_PARTY_LICENSES', thirdPartyLicenses(packages));
  writeFileSync('sbom.cdx.json', `${JSON.stringify(softwareBillOfMaterials(packages), undefined, 2)}\n`);
}

void bundle();
