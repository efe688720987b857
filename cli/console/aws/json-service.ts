import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider } from '@smithy/types';

/** A service of AWS that has no client in the command line: one whose requests are JSON. */
export interface JsonService {
  /** Such as `https://streams.dynamodb.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  /** The name of the service in signatures. */
  readonly service: string;
  readonly region: string;
  /** What `X-Amz-Target` begins with. */
  readonly target: string;
  readonly credentials: AwsCredentialIdentityProvider;
}

/** Sends a request, and returns the parsed response. It throws an `Error` whose name is that of the service's error. */
export type JsonRequest = <Response>(operation: string, input: object) => Promise<Response>;

/** How services state an error. */
interface ServiceError {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

const TIMEOUT_MS = 10_000;

/** Makes the function that sends signed requests to a service. */
export function jsonService({ endpoint, service, region, target, credentials }: JsonService): JsonRequest {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { protocol, host, hostname, port } = new URL(endpoint);
  return async <Response>(operation: string, input: object) => {
    const body = JSON.stringify(input);
    const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${target}.${operation}` };
    const signed = await signer.sign({ method: 'POST', protocol, hostname, ...(port === '' ? {} : { port: Number(port) }), path: '/', query: {}, headers, body });
    const response = await fetch(endpoint, { method: 'POST', headers: signed.headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = await response.json().catch(() => ({})) as Response & ServiceError;
    if (response.ok) return answer;
    const error = new Error(answer.message ?? answer.Message ?? `${operation} was answered ${response.status}`);
    error.name = answer.__type?.split('#').at(-1) ?? 'UnknownError';
    throw error;
  };
}
