import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Who is asking, as API Gateway knows it: a principal, a role or the id of an API key. One caller's keys say nothing about another's. */
export function callerOf({ requestContext: { authorizer, identity } }: APIGatewayProxyEvent): string {
  return authorizer?.principalId ?? authorizer?.claims?.sub ?? roleOf(identity?.userArn) ?? identity?.apiKeyId ?? 'anonymous';
}

/** All sessions of a role are one caller: a retry may come from another machine. */
const roleOf = (userArn: string | null | undefined): string | undefined => userArn?.replace(/(:assumed-role\/[^/]+)\/.*/, '$1');
