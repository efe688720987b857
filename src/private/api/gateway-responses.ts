import { STATUS_CODES } from 'node:http';
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { gatewayCorsHeaders } from './cors';
import type { ApiCorsOptions } from '../../api-cors-options';

/** Responses that API Gateway generates without a handler, with status, problem code and detail. */
const PROBLEMS: readonly [type: ResponseType, status: number, code: string, detail: string][] = [
  [ResponseType.ACCESS_DENIED, 403, 'forbidden', 'this caller may not do that'],
  [ResponseType.API_CONFIGURATION_ERROR, 500, 'unavailable', 'the API is not set up right; try again'],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, 500, 'authorizer-failed', 'the authorizer did not answer; try again'],
  [ResponseType.AUTHORIZER_FAILURE, 500, 'authorizer-failed', 'the authorizer did not answer; try again'],
  [ResponseType.BAD_REQUEST_BODY, 400, 'bad-request', 'the body is malformed'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 400, 'bad-request', 'a parameter is missing or malformed'],
  [ResponseType.EXPIRED_TOKEN, 403, 'unauthorized', 'the credentials have expired'],
  [ResponseType.INTEGRATION_FAILURE, 504, 'unavailable', 'a service behind this one did not answer; try again'],
  [ResponseType.INTEGRATION_TIMEOUT, 504, 'unavailable', 'a service behind this one did not answer in time; try again'],
  [ResponseType.INVALID_API_KEY, 403, 'invalid-api-key', 'send a valid API key in the header x-api-key'],
  [ResponseType.INVALID_SIGNATURE, 403, 'unauthorized', 'the signature of the request is wrong'],
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'no-such-route', 'there is no such route, or not with this method'],
  [ResponseType.QUOTA_EXCEEDED, 429, 'quota-exceeded', 'the quota of this API key is used up'],
  [ResponseType.REQUEST_TOO_LARGE, 413, 'body-too-large', 'the body is too large'],
  [ResponseType.RESOURCE_NOT_FOUND, 404, 'no-such-route', 'there is no such route'],
  [ResponseType.THROTTLED, 429, 'throttled', 'too many requests; slow down and try again'],
  [ResponseType.UNAUTHORIZED, 401, 'unauthorized', 'send credentials'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 415, 'unsupported-media-type', 'send the body as JSON, with the header Content-Type: application/json'],
  [ResponseType.WAF_FILTERED, 403, 'forbidden', 'the web application firewall stopped this request'],
];

/** Formats the gateway responses as problem details (RFC 9457), the format of the handlers, with CORS headers if pages may call the API. */
export function addProblemResponses(api: RestApi, cors: ApiCorsOptions | undefined): void {
  for (const [type, status, code, detail] of PROBLEMS) {
    const problem = { type: `urn:cdk-order-pipeline:problem:${code}`, title: STATUS_CODES[status], status, detail, correlationId: '$context.requestId' };
    api.addGatewayResponse(pascalCase(type.responseType), {
      type,
      statusCode: String(status),
      responseHeaders: { 'Content-Type': "'application/problem+json'", 'X-Correlation-Id': 'context.requestId', ...(cors ? gatewayCorsHeaders(cors) : {}) },
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
}

const pascalCase = (name: string): string => name.toLowerCase().replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase());
