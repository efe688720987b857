import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from './problem';
import { isCorrelationId, reportError } from '../telemetry/telemetry';

/** A request's correlation id: the client's own when it is usable, else API Gateway's request id. */
export function correlationIdOf(event: APIGatewayProxyEvent): string {
  const given = headerOf(event, 'x-correlation-id');
  return isCorrelationId(given) ? given : event.requestContext.requestId ?? randomUUID();
}

/** A header by its name in lower case, whatever case the client used. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  const entry = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return entry?.[1];
}

/** An answer with a JSON body. */
export const json = (statusCode: number, correlationId: string, body: unknown, headers: Record<string, string> = {}): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'X-Correlation-Id': correlationId, ...headers },
  body: JSON.stringify(body),
});

type RestHandler = (event: APIGatewayProxyEvent, correlationId: string) => Promise<APIGatewayProxyResult>;

/** Makes a REST handler that answers problems as `application/problem+json`, and trouble as a 503 that may be tried again. */
export function restHandler(handle: RestHandler): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  return async (event) => {
    const correlationId = correlationIdOf(event);
    try {
      return await handle(event, correlationId);
    } catch (error) {
      return answerProblem(error, correlationId);
    }
  };
}

function answerProblem(error: unknown, correlationId: string): APIGatewayProxyResult {
  if (!(error instanceof Problem)) reportError('request failed', correlationId, error);
  const problem = error instanceof Problem ? error : new Problem(503, 'unavailable', 'a service behind this one did not answer; try again');
  return json(problem.status, correlationId, problem.toBody(correlationId), {
    'Content-Type': 'application/problem+json',
    ...(problem.status === 503 ? { 'Retry-After': '1' } : {}),
  });
}
