import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What API Gateway or AppSync knows of a caller. */
export interface CallerContext {
  readonly requestId?: string;
  /** The claims of a JWT, or the context that a Lambda authorizer returned. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- apps choose the entries
  readonly authorizer?: Readonly<Record<string, any>> | null;
  readonly identity?: { readonly apiKeyId?: string | null; readonly userArn?: string | null };
}

/** What the decisions about a request read of it. Events of API Gateway have it, and requests to AppSync are converted to it. */
export interface ApiRequest
  extends Pick<APIGatewayProxyEvent, 'headers' | 'pathParameters' | 'queryStringParameters' | 'multiValueQueryStringParameters'> {
  readonly requestContext: CallerContext;
}
