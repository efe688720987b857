import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ApiRequest } from './api-request';
import { callerOf, type Caller } from './caller';
import { corsHeaders } from './cors-headers';
import { Problem } from './problem';
import { correlationIdOf, headerOf } from './request-headers';
import { TENANT_PARAMETER, type CallerSettings } from '../../../src/private/contract';
import { reportError } from '../telemetry/telemetry';

/** Creates a response with a JSON body. */
export const jsonResponse = (
  statusCode: number, correlationId: string, body: unknown, headers: Record<string, string> = {},
): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'X-Correlation-Id': correlationId, ...headers },
  body: JSON.stringify(body),
});

type RestHandler = (event: APIGatewayProxyEvent, correlationId: string, caller: Caller) => Promise<APIGatewayProxyResult>;

/**
 * Makes a REST handler that returns a `Problem` as `application/problem+json`, and any other error as 503, which clients can retry.
 *
 * @param env the environment of the handler, with the origins whose pages may read its responses, and what callers may see.
 */
export function restHandler(
  { CORS_ORIGINS: corsOrigins, CALLERS: callers }: { readonly CORS_ORIGINS?: string; readonly CALLERS?: string }, handle: RestHandler,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const settings = callers ? JSON.parse(callers) as CallerSettings : undefined;
  return async (event) => {
    const correlationId = correlationIdOf(event);
    const response = isPreflight(event, corsOrigins)
      ? preflightResponse(correlationId)
      : await responseOf(handleForCaller(handle, settings), event, correlationId);
    return { ...response, headers: { ...response.headers, ...corsHeaders(corsOrigins, headerOf(event, 'origin')) } };
  };
}

/** An HTTP API passes preflight requests on where a route is for every method, and adds the CORS headers to the response. */
const isPreflight = ({ httpMethod }: APIGatewayProxyEvent, corsOrigins: string | undefined): boolean => httpMethod === 'OPTIONS' && corsOrigins !== undefined;

const preflightResponse = (correlationId: string): APIGatewayProxyResult => ({ statusCode: 204, headers: { 'X-Correlation-Id': correlationId }, body: '' });

type AnonymousHandler = (event: APIGatewayProxyEvent, correlationId: string) => Promise<APIGatewayProxyResult>;

const handleForCaller = (handle: RestHandler, settings?: CallerSettings): AnonymousHandler => (event, correlationId) => {
  const caller = callerOf(event, settings);
  return handle(caller.isOperator ? withoutTenantParameter(event) : event, correlationId, caller);
};

/** An operator names the tenant in the query of every request. It is not part of the query itself. */
export function withoutTenantParameter<Request extends ApiRequest>(event: Request): Request {
  const { [TENANT_PARAMETER]: tenant, ...queryStringParameters } = event.queryStringParameters ?? {};
  const { [TENANT_PARAMETER]: tenants, ...multiValueQueryStringParameters } = event.multiValueQueryStringParameters ?? {};
  return { ...event, queryStringParameters, multiValueQueryStringParameters };
}

async function responseOf(handle: AnonymousHandler, event: APIGatewayProxyEvent, correlationId: string): Promise<APIGatewayProxyResult> {
  try {
    return await handle(event, correlationId);
  } catch (error) {
    return problemResponse(error, correlationId);
  }
}

function problemResponse(error: unknown, correlationId: string): APIGatewayProxyResult {
  if (!(error instanceof Problem)) reportError('request failed', correlationId, error);
  const problem = error instanceof Problem ? error : new Problem(503, 'unavailable', 'the service is temporarily unavailable; retry the request');
  return jsonResponse(problem.status, correlationId, problem.toBody(correlationId), {
    'Content-Type': 'application/problem+json',
    ...problem.headers,
    ...(problem.status === 503 ? { 'Retry-After': '1' } : {}),
  });
}
