import type { IWebSocketRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { OrderAuthentication } from '../../order-authentication';

/**
 * Every request has this header. Credentials can be in one of several headers, and API Gateway refuses a connection that lacks one of the identity sources.
 */
const ALWAYS_PRESENT = 'route.request.header.Host';

/** Creates the authorizer of connections. Undefined without authentication. */
export function liveAuthorizer(
  { _scheme: scheme }: OrderAuthentication, authorizeLiveConnection: IFunction | undefined,
): IWebSocketRouteAuthorizer | undefined {
  if (authorizeLiveConnection) return new WebSocketLambdaAuthorizer('Authorizer', authorizeLiveConnection, { identitySource: [ALWAYS_PRESENT] });
  if (scheme.kind === 'iam') return new WebSocketIamAuthorizer();
  if (scheme.kind !== 'lambda') return undefined;
  return new WebSocketLambdaAuthorizer('LambdaAuthorizer', scheme.handler, { identitySource: scheme.identityHeaders.map((name) => `route.request.header.${name}`) });
}
