import { existsSync } from 'node:fs';
import { LOCK, readRecord, removeRecord, STATE_FOLDER } from './local-record';
import { isLocalAws } from './ministack/is-local-aws';
import { stopGroup } from './ministack/stop-group';
import { eventually } from './system/eventually';
import { withLock } from './system/with-lock';

/** Seconds after which it is killed. */
const STOP_TIMEOUT = 3;

/** Stops the local AWS of the current folder. Returns whether it was running. */
export async function stopLocalAws(): Promise<boolean> {
  if (!existsSync(STATE_FOLDER)) return false;
  return withLock(LOCK, async () => {
    const record = readRecord();
    removeRecord();
    // The endpoint is checked because the operating system may have given the process ID to another process.
    if (!record || !await isLocalAws(record.endpoint)) return false;
    stopGroup(record.pid);
    await eventually('the end of the local AWS', async () => !await isLocalAws(record.endpoint) || undefined, STOP_TIMEOUT).catch(() => undefined);
    stopGroup(record.pid, 'SIGKILL');
    return true;
  });
}
