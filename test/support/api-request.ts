import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A request as API Gateway hands it to a handler, with what a test wants to be different. */
export const apiRequest = (changes: Record<string, unknown> = {}): APIGatewayProxyEvent => ({
  headers: {},
  body: null,
  isBase64Encoded: false,
  pathParameters: null,
  requestContext: { requestId: 'request-1', identity: { apiKeyId: 'caller-1' } },
  ...changes,
}) as unknown as APIGatewayProxyEvent;

/** `POST /orders`. What is not text is sent as JSON. */
export const postOrder = (order: unknown, headers: Record<string, string> = {}, changes: Record<string, unknown> = {}): APIGatewayProxyEvent =>
  apiRequest({ body: typeof order === 'string' ? order : JSON.stringify(order), headers: { 'Content-Type': 'application/json', ...headers }, ...changes });

/** `GET /orders/{orderId}`. */
export const getOrder = (orderId: string): APIGatewayProxyEvent => apiRequest({ pathParameters: { orderId } });

/** What the API knows about another caller than that of `apiRequest`. */
export const calledBy = (apiKeyId: string): Record<string, unknown> => ({ requestContext: { requestId: 'request-1', identity: { apiKeyId } } });
