import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordKept } from './kept-local-aws';
import { eventually } from '../cli/local/system/eventually';
import type { LocalAws } from '../test/support/local-aws';
import { LOCAL_DIR } from '../test/support/python-tool';

const BIN = join(__dirname, '..', 'bin', 'cdk-order-pipeline.js');

/** Starts the console of the kept local AWS, which outlives this process until `stopKept`. Returns its URL. */
export async function startKeptConsole(local: LocalAws, stack: string): Promise<string> {
  const logFile = join(LOCAL_DIR, 'console.log');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [BIN, 'console', '--stack', stack, '--allow-changes', '--show-contents'], {
    env: local.env, detached: true, stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  recordKept(local, child.pid);
  const [url] = await eventually('the URL of the console', async () => {
    const text = readFileSync(logFile, 'utf8');
    if (child.exitCode !== null) throw new Error(text);
    return /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(text) ?? undefined;
  });
  return url;
}
