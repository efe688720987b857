import type { Context } from 'aws-lambda';
import { toApiRequest } from './resolver-request';
import type { CallerSettings, GraphqlRequest } from '../../../src/private/contract';
import type { ApiRequest } from '../http/api-request';
import { callerOf, type Caller } from '../http/caller';
import { Problem } from '../http/problem';
import { correlationIdOf } from '../http/request-headers';
import { withoutTenantParameter } from '../http/rest-handler';
import { reportError } from '../telemetry/telemetry';

/** A request with its caller. */
export interface FieldRequest {
  readonly field: string;
  readonly args: GraphqlRequest['arguments'];
  /** The request that the REST API would receive. */
  readonly request: ApiRequest;
  readonly correlationId: string;
  readonly caller: Caller;
}

/** What the resolver returns to the client: the value of the field, or an error. */
export type FieldResponse = { readonly data: unknown } | { readonly problem: Readonly<Record<string, unknown>> };

type ResolveField = (request: FieldRequest) => Promise<unknown>;

/**
 * Makes a handler of GraphQL fields. Any error other than a `Problem` fails the invocation, so that the alarm of the function counts it; the client
 * receives no more than that a retry may succeed.
 *
 * @param env       the environment of the handler, with what callers may see.
 * @param onProblem what a problem becomes; by default, an error of the field.
 */
export function graphqlHandler(
  { CALLERS: callers }: { readonly CALLERS?: string }, resolve: ResolveField,
  onProblem = (problem: Problem, correlationId: string): FieldResponse => ({ problem: { code: problem.code, ...problem.toBody(correlationId) } }),
): (event: GraphqlRequest, context: Context) => Promise<FieldResponse> {
  const settings = callers ? JSON.parse(callers) as CallerSettings : undefined;
  return async (event, { awsRequestId }) => {
    const request = toApiRequest(event, awsRequestId);
    const correlationId = correlationIdOf(request);
    try {
      const caller = callerOf(request, settings);
      const own = caller.isOperator ? withoutTenantParameter(request) : request;
      return { data: await resolve({ field: event.field, args: event.arguments, request: own, correlationId, caller }) };
    } catch (error) {
      if (error instanceof Problem) return onProblem(error, correlationId);
      reportError('request failed', correlationId, error);
      // Its message may quote the request, and Lambda logs it.
      throw new Error('the request failed; its log entry has the name of the error');
    }
  };
}
