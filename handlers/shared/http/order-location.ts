import type { APIGatewayProxyEvent } from 'aws-lambda';

type Request = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'> & { readonly version?: string };

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
 * The path that the client sent. `path` of a REST API has no stage, but its `requestContext.path` is complete. For HTTP APIs, AWS documents `path`
 * as the one with the base path.
 */
const sentPath = (request: Request): string | undefined => (isOfHttpApi(request) ? request.path : request.requestContext.path ?? request.path);

/** Events of an HTTP API have a version, and no ID of a resource: they have the key of the route instead, such as `POST /orders`. */
const isOfHttpApi = ({ version, requestContext: { resourceId } }: Request): boolean =>
  version !== undefined && !/^\w+$/.test((resourceId as string | null | undefined) ?? '');

/** The number of segments after `orders`, such as two of `/orders/{orderId}/cancellation`. */
function depthBelowOrders(resource = '/orders'): number {
  const segments = segmentsOf(resource);
  const id = segments.indexOf('{orderId}');
  return id < 0 ? 0 : segments.length - id;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
