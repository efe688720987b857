import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { installMiniStack, LOCAL_DIR, type MiniStack } from './install-ministack';
import { createTlsCertificate, type TlsCertificate } from './tls-certificate';
import { TlsClientProxy } from './tls-client-proxy';

/** A running local AWS. */
export interface LocalAws {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** The environment in which the AWS CLI, the CDK CLI and the SDKs use the local AWS only. */
  readonly env: NodeJS.ProcessEnv;
  /** The log of the local AWS and its functions. */
  readonly logFile: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Credentials that are valid in no AWS account. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const LOCAL_REGION = 'us-east-1';
/** The account ID of the local AWS, which no AWS account has. Deployments to any other account are refused. */
export const LOCAL_ACCOUNT = '000000000000';

/** How a local AWS is started. */
export interface LocalAwsOptions {
  readonly log?: (line: string) => void;
  /** Whether it outlives this process. */
  readonly detached?: boolean;
  /** Whether the roles of functions are enforced. MiniStack then accepts only TLS. */
  readonly enforcesPermissions?: boolean;
}

/** Starts MiniStack on a free port and waits until it is healthy. It stops when this process ends, even by a kill, unless `detached`. */
export async function startLocalAws({ log, detached = false, enforcesPermissions = false }: LocalAwsOptions = {}): Promise<LocalAws> {
  const ministack = await installMiniStack(log);
  const port = await freePort();
  mkdirSync(LOCAL_DIR, { recursive: true });
  const logFile = join(LOCAL_DIR, `ministack-${port}.log`);
  const tls = enforcesPermissions ? await createTlsCertificate(`ministack-${port}`) : undefined;
  const proxy = tls && await TlsClientProxy.start(port, tls.certificate);
  const endpoint = proxy?.endpoint ?? `http://127.0.0.1:${port}`;
  const child = launch(ministack, port, logFile, detached, tls);
  let ended = false;
  child.once('exit', () => (ended = true));

  const stop = async () => {
    proxy?.stop();
    stopGroup(child.pid!);
    await eventually('the end of the local AWS', async () => (ended ? true : undefined), 20);
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

/** Whether a local AWS is running at an endpoint. */
export const isLocalAws = (endpoint: string): Promise<boolean> => fetch(`${endpoint}/_ministack/health`).then(({ ok }) => ok, () => false);

/** Stops a local AWS and all its processes. Returns whether it was running. */
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
 * @throws Error if the endpoint is not on this machine: the tests and the demo deploy and delete resources.
 */
export function localEnv(endpoint: string): NodeJS.ProcessEnv {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'http:' || !(/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]')) {
    throw new Error(`the endpoint must be an http URL of a loopback address, got ${endpoint}`);
  }
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    // The functions run with the first node of the path.
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

/** Stops MiniStack when its standard input closes, which happens even when this process is killed. */
const RUN_UNTIL_STDIN_CLOSES = '"$@" & child=$!; trap "kill $child" TERM; cat > /dev/null; kill $child; wait $child';

/** With these variables, MiniStack enforces the policies of roles, and its functions trust its certificate. */
const enforcement = (port: number, { certificate, key }: TlsCertificate): NodeJS.ProcessEnv => ({
  AUTH: 'true',
  USE_SSL: '1',
  MINISTACK_SSL_CERT: certificate,
  MINISTACK_SSL_KEY: key,
  NODE_EXTRA_CA_CERTS: certificate,
  AWS_CA_BUNDLE: certificate,
  AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`,
  AWS_ENDPOINT_URL_S3: `https://127.0.0.1:${port}`,
});

function launch(ministack: MiniStack, port: number, logFile: string, detached: boolean, tls?: TlsCertificate): ChildProcess {
  const [command, ...args] = 'python' in ministack
    ? [ministack.python, join(__dirname, 'start-ministack.py')]
    // As it is: tests of HTTP APIs need Python.
    : ['docker', 'run', '--rm', '--init', '-p', `127.0.0.1:${port}:${port}`, '-e', 'GATEWAY_PORT', ministack.image];
  const log = openSync(logFile, 'w');
  const child = spawn('sh', detached ? ['-c', 'exec "$@"', 'sh', command, ...args] : ['-c', RUN_UNTIL_STDIN_CLOSES, 'sh', command, ...args], {
    // In its own process group, which `stopGroup` stops together with all functions.
    detached: true,
    stdio: [detached ? 'ignore' : 'pipe', log, log],
    env: {
      ...localEnv(`http://127.0.0.1:${port}`),
      ...(tls ? enforcement(port, tls) : {}),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      LOG_LEVEL: 'INFO',
      // Otherwise it listens on another port on all interfaces.
      IOT_MTLS_ENABLED: '0',
    },
  });
  closeSync(log);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
}
