import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Caller } from './caller';
import { TENANT_PARAMETER } from '../../../src/private/contract';

type LocationOf = Partial<Pick<Caller, 'isOperator' | 'tenant'>>;

type Request = Pick<APIGatewayProxyEvent, 'path' | 'resource' | 'requestContext'> & { readonly version?: string };

/**
 * Returns the URL of an order, relative to the host of a request about orders. The path that the client sent starts with the stage, or with the base
 * path of a custom domain, which neither the resource nor this function can know. An operator has to name the tenant in the next request, too.
 */
export function orderLocation(request: Request, orderId: string, { isOperator, tenant }: LocationOf = {}): string {
  const { resource } = request;
  const sent = segmentsOf(sentPath(request) ?? resource ?? '/orders');
  const query = isOperator && tenant !== undefined ? `?${TENANT_PARAMETER}=${tenant}` : '';
  return `/${[...sent.slice(0, sent.length - depthBelowOrders(resource)), orderId].join('/')}${query}`;
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
