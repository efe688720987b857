import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program on the terminal of this process, and forwards signals to it. Returns its exit status, as shells do: 128 and the number of the signal that
 * ended it.
 *
 * @throws Error if it cannot be run.
 */
export function runForeground([command, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { env, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => { child.kill(signal); };
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise<number>((resolve, reject) => {
    child.on('error', ({ message }) => reject(new Error(`the command cannot be run: ${message}; it must be a program, not a builtin of a shell`)));
    child.on('close', (status, signal) => resolve(status ?? 128 + constants.signals[signal!]));
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, forward);
  });
}
