import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * Returns the caller that API Gateway authenticated: a principal, an IAM role or an API key ID. Idempotency keys are scoped to the caller.
 */
export function callerOf({ requestContext: { authorizer, identity } }: APIGatewayProxyEvent): string {
  return authorizer?.principalId ?? authorizer?.claims?.sub ?? roleOf(identity?.userArn) ?? identity?.apiKeyId ?? 'anonymous';
}

/** All sessions of a role are one caller, because a retry may come from another machine. */
const roleOf = (userArn: string | null | undefined): string | undefined => userArn?.replace(/(:assumed-role\/[^/]+)\/.*/, '$1');
