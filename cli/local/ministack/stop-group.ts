/** Sends a signal to a process group. Returns whether the group exists. */
export function stopGroup(pid: number, signal: NodeJS.Signals = 'SIGTERM'): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
