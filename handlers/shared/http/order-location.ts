import type { APIGatewayProxyEvent } from 'aws-lambda';

type Request = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'>;

/**
 * Returns the URL of an order, relative to the host of a request about orders. The path that the client sent starts with the stage, or with the base
 * path of a custom domain, which neither the resource nor this function can know.
 */
export function orderLocation(request: Request, orderId: string): string {
  const { resource } = request;
  const sent = segmentsOf(sentPath(request) ?? resource ?? '/orders');
  return `/${[...sent.slice(0, sent.length - depthBelowOrders(resource)), orderId].join('/')}`;
}

/**
 * The path that the client sent: the longer one of two. `path` of a REST API has no stage, but its `requestContext.path` is complete. For HTTP APIs,
 * AWS documents `path` as the one with the base path.
 */
function sentPath({ path, requestContext: { path: contextPath } }: Request): string | undefined {
  return (contextPath ?? '').length > (path ?? '').length ? contextPath : path ?? contextPath;
}

/** The number of segments after `orders`, such as two of `/orders/{orderId}/cancellation`. */
function depthBelowOrders(resource = '/orders'): number {
  const segments = segmentsOf(resource);
  const id = segments.indexOf('{orderId}');
  return id < 0 ? 0 : segments.length - id;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
