import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installMiniStack } from './install-ministack';
import { LOCAL_DIR } from './python-tool';
import { createTlsCertificate, type TlsCertificate } from './tls-certificate';
import { TlsClientProxy } from './tls-client-proxy';
import { localEnv } from '../../cli/local/local-env';
import { isLocalAws } from '../../cli/local/ministack/is-local-aws';
import { launchMiniStack } from '../../cli/local/ministack/launch-ministack';
import { stopGroup } from '../../cli/local/ministack/stop-group';
import { eventually } from '../../cli/local/system/eventually';
import { freePort } from '../../cli/local/system/free-port';

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
  const command = ministack(port);
  const env = tls && enforcement(port, tls);
  const child = detached
    ? launchMiniStack(command, { port, logFile, env })
    : launchMiniStack(['sh', '-c', RUN_UNTIL_STDIN_CLOSES, 'sh', ...command], { port, logFile, env, stdin: 'pipe' });
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
