import { Duration } from 'aws-cdk-lib';
import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ApiOptions } from './api-options';
import { authenticationsOf } from './authentications-of';
import type { ApiCorsOptions } from '../../api-cors-options';
import { acknowledge } from '../acknowledge';
import { BundledFunction } from '../bundled-function';
import { CORS_EXPOSED_HEADERS } from '../contract';
import { setEnv } from '../set-env';

/** The request headers that the API reads, and those of its authentication. */
export const ALLOWED_HEADERS = [
  'Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Api-Key', 'X-Correlation-Id',
];
export const ALLOWED_METHODS = ['GET', 'HEAD', 'PATCH', 'POST'] as const;

/** How long browsers keep the answer to a preflight request by default. */
export const PREFLIGHT_AGE = Duration.minutes(10);

/** cdk-nag rules that the answers to preflight requests violate. */
export const PREFLIGHT_RULES = ['AwsSolutions-APIG4', 'AwsSolutions-COG4'].map((id) =>
  ({ id, reason: 'Browsers send preflight requests without credentials.' }));

/** The options of the app, which also permit the headers of its Lambda authorizers. */
export function corsOf({ cors, ...props }: ApiOptions): ApiCorsOptions | undefined {
  const identityHeaders = authenticationsOf(props).flatMap(([, { _scheme: scheme }]) => (scheme.kind === 'lambda' ? scheme.identityHeaders : []));
  const isNew = (name: string, index: number, all: readonly string[]) =>
    [...ALLOWED_HEADERS, ...all.slice(0, index)].every((other) => other.toLowerCase() !== name.toLowerCase());
  return cors && { ...cors, allowHeaders: [...identityHeaders, ...cors.allowHeaders ?? []].filter(isNew) };
}

/** Answers preflight requests for a path of a REST API, without API key and authorizer: browsers send no credentials with them. */
export function addPreflight(resource: IResource, { allowOrigins, allowHeaders = [], maxAge = PREFLIGHT_AGE }: ApiCorsOptions): void {
  if (resource.node.tryFindChild('OPTIONS')) return;
  const method = resource.addCorsPreflight({
    allowOrigins, allowHeaders: [...ALLOWED_HEADERS, ...allowHeaders], allowMethods: [...ALLOWED_METHODS], maxAge,
  });
  acknowledge(method, PREFLIGHT_RULES);
}

/** Makes a handler of the pipeline answer with CORS headers. Functions of the app do so themselves. */
export function setCorsOrigins(handler: IFunction, { allowOrigins }: ApiCorsOptions): void {
  if (handler instanceof BundledFunction) setEnv(handler, 'CORS_ORIGINS', allowOrigins.join(','));
}

/**
 * The headers of responses that a REST API makes without a handler. It cannot choose between origins; as these responses say nothing about
 * orders, and as the API uses no cookies, all pages may read them if several may call the API.
 */
export const gatewayCorsHeaders = ({ allowOrigins }: ApiCorsOptions): Record<string, string> => ({
  'Access-Control-Allow-Origin': `'${allowOrigins.length === 1 ? allowOrigins[0] : '*'}'`,
  'Access-Control-Expose-Headers': `'${CORS_EXPOSED_HEADERS}'`,
});
