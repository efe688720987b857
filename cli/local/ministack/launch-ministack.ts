import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { localEnv } from '../local-env';

/** How MiniStack is launched. */
export interface Launch {
  readonly port: number;
  /** The file that receives its output and that of its functions. */
  readonly logFile: string;
  /** Further environment variables. */
  readonly env?: NodeJS.ProcessEnv;
  /** `pipe` for a command that ends with its standard input. */
  readonly stdin?: 'ignore' | 'pipe';
}

/** Launches MiniStack in a process group of its own, which `stopGroup` stops together with all functions. This process does not wait for its end. */
export function launchMiniStack([command, ...args]: readonly string[], { port, logFile, env, stdin = 'ignore' }: Launch): ChildProcess {
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { detached: true, stdio: [stdin, log, log], env: { ...ministackEnv(port), ...env } });
  closeSync(log);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
}

const ministackEnv = (port: number): NodeJS.ProcessEnv => ({
  ...localEnv(`http://127.0.0.1:${port}`),
  // The functions run with the first node of the path.
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  GATEWAY_PORT: String(port),
  BIND_HOST: '127.0.0.1',
  LOG_LEVEL: 'INFO',
  // Otherwise it listens on another port on all interfaces.
  IOT_MTLS_ENABLED: '0',
});
