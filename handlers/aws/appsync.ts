import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { RetryableError } from '#shared';
import { defaultProvider } from './credentials';

const REQUEST_TIMEOUT_MS = 5000;

/**
 * Makes the function that sends a GraphQL request to AppSync, signed by the role of the function.
 *
 * @throws RetryableError when AppSync does not answer, or answers with errors. It never contains the request.
 */
export function graphqlClient(url: string, region: string): (query: string, variables: object) => Promise<void> {
  const signer = new SignatureV4({ service: 'appsync', region, credentials: defaultProvider(), sha256: Sha256 });
  const { protocol, host, hostname, port, pathname } = new URL(url);
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const request = { method: 'POST', protocol, hostname, ...(port === '' ? {} : { port: Number(port) }), path: pathname, query: {}, headers: { host, 'content-type': 'application/json' }, body };
    const { headers } = await signer.sign(request);
    const response = await answerTo(url, { method: 'POST', headers, body });
    const { errors = [] } = await response.json().catch(() => ({})) as { errors?: readonly { readonly errorType?: unknown }[] };
    if (response.ok && errors.length === 0) return;
    const types = [...new Set(errors.map(({ errorType }) => String(errorType).replace(/[^\w:.]/g, '').slice(0, 64)))].join(', ');
    throw new RetryableError('AppSyncRefused', `AppSync answered ${response.status}${types && `: ${types}`}`);
  };
}

async function answerTo(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch (error) {
    throw new RetryableError('AppSyncUnavailable', `AppSync did not answer: ${(error as Error).name}`);
  }
}
