import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Creates an API Gateway proxy event with the given changes. */
export const apiRequest = (changes: Record<string, unknown> = {}): APIGatewayProxyEvent => ({
  httpMethod: 'GET',
  headers: {},
  body: null,
  isBase64Encoded: false,
  pathParameters: null,
  requestContext: { requestId: 'request-1', identity: { apiKeyId: 'caller-1' } },
  ...changes,
}) as unknown as APIGatewayProxyEvent;

/** `POST /orders`. A body that is not a string is sent as JSON. */
export const postOrder = (order: unknown, headers: Record<string, string> = {}, changes: Record<string, unknown> = {}): APIGatewayProxyEvent =>
  apiRequest({ httpMethod: 'POST', body: typeof order === 'string' ? order : JSON.stringify(order), headers: { 'Content-Type': 'application/json', ...headers }, ...changes });

/** `GET /orders/{orderId}`. */
export const getOrder = (orderId: string): APIGatewayProxyEvent => apiRequest({ pathParameters: { orderId } });

/** Changes for `apiRequest`: the request context of another caller. */
export const calledBy = (apiKeyId: string): Record<string, unknown> => ({ requestContext: { requestId: 'request-1', identity: { apiKeyId } } });
