import { Duration } from 'aws-cdk-lib';
import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledge';
import { BundledFunction } from './bundled-function';
import { CORS_EXPOSED_HEADERS } from './contract';
import { setEnv } from './set-env';
import type { ApiCorsOptions } from '../api-cors-options';

/** The request headers that the API reads, and those of its authentication. */
const ALLOWED_HEADERS = [
  'Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Api-Key', 'X-Correlation-Id',
];
const ALLOWED_METHODS = ['GET', 'HEAD', 'PATCH', 'POST'];

/** Answers preflight requests for a path, without API key and authorizer: browsers send no credentials with them. */
export function addPreflight(resource: IResource, { allowOrigins, allowHeaders = [], maxAge = Duration.minutes(10) }: ApiCorsOptions): void {
  if (resource.node.tryFindChild('OPTIONS')) return;
  const method = resource.addCorsPreflight({
    allowOrigins, allowHeaders: [...ALLOWED_HEADERS, ...allowHeaders], allowMethods: ALLOWED_METHODS, maxAge,
  });
  acknowledge(method, ['AwsSolutions-APIG4', 'AwsSolutions-COG4'].map((id) => ({ id, reason: 'Browsers send preflight requests without credentials.' })));
}

/** Makes a handler of the pipeline answer with CORS headers. Functions of the app do so themselves. */
export function setCorsOrigins(handler: IFunction, { allowOrigins }: ApiCorsOptions): void {
  if (handler instanceof BundledFunction) setEnv(handler, 'CORS_ORIGINS', allowOrigins.join(','));
}

/**
 * The headers of responses that API Gateway makes without a handler. It cannot choose between origins; as these responses say nothing about
 * orders, and as the API uses no cookies, all pages may read them if several may call the API.
 */
export const gatewayCorsHeaders = ({ allowOrigins }: ApiCorsOptions): Record<string, string> => ({
  'Access-Control-Allow-Origin': `'${allowOrigins.length === 1 ? allowOrigins[0] : '*'}'`,
  'Access-Control-Expose-Headers': `'${CORS_EXPOSED_HEADERS}'`,
});
