import type { APIGatewayProxyEvent } from 'aws-lambda';

type Request = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'>;

/**
 * Returns the URL of an order, relative to the host of a request about orders. `requestContext.path` is the path that the client sent: it starts
 * with the stage, or with the base path of a custom domain, which neither the resource nor this function can know.
 */
export function orderLocation({ path, resource, requestContext }: Request, orderId: string): string {
  const sent = segmentsOf(requestContext.path ?? path ?? resource ?? '/orders');
  return `/${[...sent.slice(0, sent.length - depthBelowOrders(resource)), orderId].join('/')}`;
}

/** The number of segments after `orders`, such as two of `/orders/{orderId}/cancellation`. */
function depthBelowOrders(resource = '/orders'): number {
  const segments = segmentsOf(resource);
  const id = segments.indexOf('{orderId}');
  return id < 0 ? 0 : segments.length - id;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
