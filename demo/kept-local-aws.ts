import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLocalAws } from '../cli/local/ministack/is-local-aws';
import { stopGroup } from '../cli/local/ministack/stop-group';
import type { LocalAws } from '../test/support/local-aws';
import { LOCAL_DIR } from '../test/support/python-tool';

const RECORD = join(LOCAL_DIR, 'kept.json');

/** Records a local AWS that keeps running after this process, and the process of its console, for `stopKept`. */
export const recordKept = ({ pid, endpoint }: LocalAws, consolePid?: number): void =>
  writeFileSync(RECORD, JSON.stringify({ pid, endpoint, consolePid }));

/** Stops the recorded local AWS and its console. Returns whether the local AWS was running. */
export async function stopKept(): Promise<boolean> {
  if (!existsSync(RECORD)) return false;
  const { pid, endpoint, consolePid } = JSON.parse(readFileSync(RECORD, 'utf8')) as LocalAws & { readonly consolePid?: number };
  rmSync(RECORD);
  // The endpoint is checked because the operating system may have reused the process IDs.
  const isRunning = await isLocalAws(endpoint);
  if (isRunning && consolePid !== undefined) stopGroup(consolePid);
  return isRunning && stopGroup(pid);
}
