import { resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { ORDER_MODEL_MODULE } from '../src/private/contract';

/** The options of every bundle. */
export const OPTIONS = {
  logLevel: 'warning', platform: 'node', format: 'cjs', bundle: true, minify: true, target: 'node24', mainFields: ['module', 'main'], metafile: true,
} satisfies BuildOptions;

/** Each handler has what it needs of `handlers/shared`, and nothing else; `sideEffects` in `package.json` lets esbuild omit the rest. */
export const HANDLER_OPTIONS = {
  ...OPTIONS,
  alias: {
    '#shared': resolve('handlers/shared/index.ts'),
    '#order-model': ORDER_MODEL_MODULE,
    '@aws-sdk/credential-provider-node': resolve('handlers/aws/credentials.ts'),
  },
  external: [ORDER_MODEL_MODULE],
} satisfies BuildOptions;

/** The folder with the order model, which is in the module path of functions. */
export const LAYER = 'assets/layer/nodejs/node_modules';
