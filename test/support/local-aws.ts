import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { installMiniStack, LOCAL_DIR, type MiniStack } from './install-ministack';

/** A local AWS that answers. */
export interface LocalAws {
  /** Where: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** The environment in which the AWS CLI, the CDK CLI and the SDKs talk to it and to nothing else. */
  readonly env: NodeJS.ProcessEnv;
  /** What it and its functions print. */
  readonly logFile: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Credentials that no AWS account knows. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const LOCAL_REGION = 'us-east-1';

/**
 * Starts MiniStack on a free port and waits until it answers. It ends with this process, however that ends, unless `detached`.
 */
export async function startLocalAws({ say, detached = false }: { say?: (line: string) => void; detached?: boolean } = {}): Promise<LocalAws> {
  const ministack = await installMiniStack(say);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  mkdirSync(LOCAL_DIR, { recursive: true });
  const logFile = join(LOCAL_DIR, `ministack-${port}.log`);
  const child = launch(ministack, port, logFile, detached);
  let ended = false;
  child.once('exit', () => (ended = true));

  const stop = async () => {
    stopGroup(child.pid!);
    await eventually('the local AWS to stop', async () => (ended ? true : undefined), 20);
  };
  try {
    await eventually('the local AWS', async () => {
      if (ended) throw new Error(readFileSync(logFile, 'utf8').slice(-2000));
      return await isLocalAws(endpoint) || undefined;
    });
  } catch (error) {
    stopGroup(child.pid!);
    throw error;
  }
  return { endpoint, env: localEnv(endpoint), logFile, pid: child.pid!, stop };
}

/** Whether a local AWS answers at an endpoint. */
export const isLocalAws = (endpoint: string): Promise<boolean> => fetch(`${endpoint}/_ministack/health`).then(({ ok }) => ok, () => false);

/** Ends a local AWS and every process that it started. Tells whether there was one. */
export function stopGroup(pid: number): boolean {
  try {
    return process.kill(-pid, 'SIGTERM');
  } catch {
    return false;
  }
}

/**
 * The environment for a local AWS.
 *
 * @throws Error for an endpoint that is not on this machine: what runs here deploys and deletes.
 */
export function localEnv(endpoint: string): NodeJS.ProcessEnv {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'http:' || !(/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]')) {
    throw new Error(`the endpoint must be http on loopback, got ${endpoint}`);
  }
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    // The functions run with the node that comes first.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/** Ends MiniStack when our end of its standard input closes: even a killed process leaves nothing running. */
const UNTIL_WE_END = '"$@" & child=$!; trap "kill $child" TERM; cat > /dev/null; kill $child; wait $child';

function launch(ministack: MiniStack, port: number, logFile: string, detached: boolean): ChildProcess {
  const [command, ...args] = 'command' in ministack
    ? [ministack.command]
    : ['docker', 'run', '--rm', '--init', '-p', `127.0.0.1:${port}:${port}`, '-e', 'GATEWAY_PORT', ministack.image];
  const log = openSync(logFile, 'w');
  const child = spawn('sh', detached ? ['-c', 'exec "$@"', 'sh', command, ...args] : ['-c', UNTIL_WE_END, 'sh', command, ...args], {
    // A process group of its own, so that it can be stopped with all its functions.
    detached: true,
    stdio: [detached ? 'ignore' : 'pipe', log, log],
    env: { ...localEnv(`http://127.0.0.1:${port}`), GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', LOG_LEVEL: 'INFO' },
  });
  closeSync(log);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
}
