import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { environmentFor } from './environment';
import { HANDLER_OPTIONS } from '../../../scripts/handler-options';

/** Bundles scripts, by their paths without `.ts`, into a folder. */
export function bundleScripts(folder: string, scripts: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  buildSync({ ...HANDLER_OPTIONS, minify: false, entryPoints: scripts.map((script) => `${script}.ts`), outdir: folder, entryNames: '[name]' });
}

/** Runs a bundled script with the environment of the handlers; its logs are discarded. */
export async function runScript(url: string, script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [`${script}.js`, ...args], { env: environmentFor(url), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number];
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}`);
}
