import { CORRELATION_HEADER, type GraphqlRequest } from '../../../src/private/contract';
import type { ApiRequest, CallerContext } from '../http/api-request';
import { valueAt } from '../json/value-at';

/** The arguments that are the query parameters of the REST API. */
const PARAMETERS = ['customerId', 'externalReference', 'status', 'from', 'to', 'state', 'limit', 'nextToken', 'tenant'];

/** Converts a request of a resolver to the request that the REST API would receive, so that both decide alike. */
export function toApiRequest({ arguments: args, identity, correlationId }: GraphqlRequest, requestId: string): ApiRequest {
  const given = Object.entries(args).filter(([name, value]) => PARAMETERS.includes(name) && value !== null && value !== undefined);
  return {
    headers: {
      ...(correlationId === undefined ? {} : { [CORRELATION_HEADER]: correlationId }),
      ...(typeof args.idempotencyKey === 'string' ? { 'idempotency-key': args.idempotencyKey } : {}),
    },
    pathParameters: typeof args.orderId === 'string' ? { orderId: args.orderId } : null,
    queryStringParameters: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    multiValueQueryStringParameters: null,
    requestContext: { requestId, ...callerContext(identity ?? undefined) },
  };
}

/** What AppSync knows of a caller, as API Gateway has it: claims of a JWT, the context of a Lambda authorizer, or an IAM principal. */
function callerContext(identity: GraphqlRequest['identity']): Pick<CallerContext, 'authorizer' | 'identity'> {
  const [claims, context, userArn] = ['claims', 'resolverContext', 'userArn'].map((name) => valueAt(identity, name));
  return {
    authorizer: { ...(typeof context === 'object' ? context : {}), ...(typeof claims === 'object' ? { claims } : {}) },
    ...(typeof userArn === 'string' ? { identity: { userArn } } : {}),
  };
}
