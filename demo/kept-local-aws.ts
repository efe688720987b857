import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from '../test/support/install-ministack';
import { isLocalAws, stopGroup, type LocalAws } from '../test/support/local-aws';

const RECORD = join(LOCAL_DIR, 'kept.json');

/** Records a local AWS that keeps running after this process, for `stopKept`. */
export const recordKept = ({ pid, endpoint }: LocalAws): void => writeFileSync(RECORD, JSON.stringify({ pid, endpoint }));

/** Stops the recorded local AWS. Returns whether one was running. */
export async function stopKept(): Promise<boolean> {
  if (!existsSync(RECORD)) return false;
  const { pid, endpoint } = JSON.parse(readFileSync(RECORD, 'utf8')) as LocalAws;
  rmSync(RECORD);
  // The endpoint is checked because the operating system may have reused the process ID.
  return await isLocalAws(endpoint) && stopGroup(pid);
}
