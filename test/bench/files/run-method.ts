import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { BUNDLES } from './bundle-methods';
import type { Measured } from './measure';
import type { Method } from './methods';
import { LAYER } from '../../../scripts/handler-options';

/** 90 % of the 512 MB of a function. V8 derives the sizes of its generations from it, as in a function. */
export const NODE_FLAGS = ['--max-heap-size=460'];
const TIMEOUT = 10 * 60_000;

/** Runs a method in its own process, to measure its peak memory. Blocks until the process ends. */
export function runMethod({ name, module = name }: Method, file: string, warmUp: string): Measured | { readonly failed: string } {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...NODE_FLAGS, join(BUNDLES, `${module}.js`), file, warmUp], {
    encoding: 'utf8', timeout: TIMEOUT, killSignal: 'SIGKILL', env: { ...process.env, NODE_PATH: resolve(LAYER) },
  });
  if (status === 0) return JSON.parse(stdout) as Measured;
  if (/heap out of memory|Cannot create a string/.test(stderr)) return { failed: 'out of memory' };
  throw new Error(`${name} failed (${signal ?? status}): ${stderr}`);
}
