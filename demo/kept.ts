import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from '../test/support/install-ministack';
import { isLocalAws, stopGroup, type LocalAws } from '../test/support/local-aws';

const NOTE = join(LOCAL_DIR, 'kept.json');

/** Remembers a local AWS that outlives this process. */
export const keep = ({ pid, endpoint }: LocalAws): void => writeFileSync(NOTE, JSON.stringify({ pid, endpoint }));

/** Stops the local AWS that was left running, if there still is one. */
export async function stopKept(): Promise<boolean> {
  if (!existsSync(NOTE)) return false;
  const { pid, endpoint } = JSON.parse(readFileSync(NOTE, 'utf8')) as LocalAws;
  rmSync(NOTE);
  // The process number may be somebody else's by now.
  return await isLocalAws(endpoint) && stopGroup(pid);
}
