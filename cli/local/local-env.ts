import { LOCAL_ACCOUNT, LOCAL_AWS_ENV } from '../../src/private/contract';

/** Credentials that are valid in no AWS account. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const LOCAL_REGION = 'us-east-1';

/** Hosts that are not reached through a proxy. */
const LOOPBACK = '127.0.0.1,localhost,::1';

/**
 * The environment in which the AWS CLI, the CDK CLI and the SDKs use the local AWS only: without the profiles, credentials, sessions and endpoints of this
 * process.
 *
 * @throws Error if the endpoint is not on this machine.
 */
export function localEnv(endpoint: string): NodeJS.ProcessEnv {
  assertLoopback(endpoint);
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, LOOPBACK].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^AWS_|^CDK_(PROFILE|ROLE_ARN)$/.test(name))),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: LOCAL_REGION,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    [LOCAL_AWS_ENV]: 'true',
  };
}

/** @throws Error if an endpoint is not on this machine: what is deployed and deleted there must never be in an AWS account. */
export function assertLoopback(endpoint: string): void {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'http:' || !(/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]')) {
    throw new Error(`the endpoint must be an http URL of a loopback address, such as http://127.0.0.1:4566, got ${endpoint}`);
  }
}
