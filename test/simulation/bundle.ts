import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { ORDER_MODEL_MODULE } from '../../src/private/contract';

/** A change of a handler's source, made while it is loaded. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The handlers as JavaScript, and what they share, which is one module here so that it is compiled once. */
export interface Code {
  readonly shared: string;
  readonly handlers: Readonly<Record<string, string>>;
}

const ROOT = join(__dirname, '../..');
const HANDLERS = join(ROOT, 'handlers');
const OPTIONS = {
  absWorkingDir: ROOT, bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node22', mainFields: ['module', 'main'], outdir: 'out', logLevel: 'error',
} satisfies BuildOptions;

/**
 * So that a small file is sent in several windows, as a large one is, and that a few commands fill the room there is for them. Nothing else of the
 * handlers is changed.
 */
const SCALE: readonly Patch[] = [
  { file: 'shared/order-file/read-order-file.ts', from: 'MAX_CHUNK = 64 * 1024', to: 'MAX_CHUNK = 400' },
  { file: 'shared/files/extraction-batches.ts', from: 'orders: 500', to: 'orders: 2' },
  { file: 'shared/files/outcome-chunk.ts', from: 'CHUNK_SIZE = 1536', to: 'CHUNK_SIZE = 3' },
  { file: 'aws/order-files.ts', from: 'RANGE_SIZE = 4 * 1024 * 1024', to: 'RANGE_SIZE = 1000' },
  { file: 'aws/sequence-table.ts', from: 'FIRST_PAGE = 25', to: 'FIRST_PAGE = 2' },
  { file: 'shared/lifecycle/command-sequence.ts', from: 'MAX_PENDING_BYTES = 120_000', to: 'MAX_PENDING_BYTES = 2000' },
  { file: 'shared/lifecycle/command-sequence.ts', from: 'MAX_AWAITING_ORDER_BYTES = 64_000', to: 'MAX_AWAITING_ORDER_BYTES = 1000' },
];

/** The name of the module that handlers share. */
export const SHARED_MODULE = 'shared';

/** Bundles each handler for itself, with what they share beside them. Deployed bundles have a copy of it. */
export async function bundle(patches: readonly Patch[] = [], scale = SCALE): Promise<Code> {
  const unused = new Set([...scale, ...patches]);
  const plugins = [patching(unused)];
  const entryPoints = readdirSync(HANDLERS).filter((file) => file.endsWith('.ts')).map((file) => join(HANDLERS, file));
  const handlers = await build({
    ...OPTIONS, entryPoints, alias: { '#shared': SHARED_MODULE }, external: [SHARED_MODULE, '@aws-sdk/*'], plugins,
  });
  const shared = await build({ ...OPTIONS, entryPoints: [join(HANDLERS, 'shared/index.ts')], alias: { '#order-model': ORDER_MODEL_MODULE }, external: [ORDER_MODEL_MODULE, '@aws-sdk/*'], plugins });
  if (unused.size > 0) throw new Error(`these patches met no source: ${[...unused].map(({ file, from }) => `${file}: ${from}`).join('; ')}`);
  return {
    shared: shared.outputFiles[0].text,
    handlers: Object.fromEntries(handlers.outputFiles.map(({ path, text }) => [basename(path, '.js'), text])),
  };
}

const patching = (unused: Set<Patch>): Plugin => {
  const patches = [...unused];
  return {
    name: 'patching',
    setup: ({ onLoad }) => onLoad({ filter: /\/handlers\/.*\.ts$/ }, ({ path }) => {
      const file = relative(HANDLERS, path);
      const mine = patches.filter((patch) => patch.file === file);
      return mine.length === 0 ? undefined : { loader: 'ts', contents: mine.reduce((text, patch) => patched(text, patch, unused), readFileSync(path, 'utf8')) };
    }),
  };
};

function patched(text: string, patch: Patch, unused: Set<Patch>): string {
  if (text.split(patch.from).length !== 2) throw new Error(`${patch.file} does not hold once: ${patch.from}`);
  unused.delete(patch);
  return text.replace(patch.from, () => patch.to);
}
