import { orderLocation } from '#shared';

type Request = Parameters<typeof orderLocation>[0];

const [ORDERS, ORDER, CANCELLATION] = ['/orders', '/orders/{orderId}', '/orders/{orderId}/cancellation'];

/**
 * What API Gateway sends for each address, where the route is `/orders/{orderId}/cancellation`: `path` and `requestContext.path`.
 *
 * REST API: https://github.com/aws-powertools/powertools-lambda-python/pull/579 (events of a default endpoint, and of base paths with one and two
 * segments), https://github.com/localstack/localstack/issues/12295 (domain names with and without a base path and a stage, tried on AWS).
 * HTTP API, payload format 1.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html ("Use format 1.0
 * and path to access the API mapping for your custom domain name"), https://github.com/dougmoscrop/serverless-http/pull/143 (a named stage). AWS does not
 * document `requestContext.path` of an HTTP API at a custom domain, so these events have what the format 2.0 has there: no base path, but the stage
 * (https://github.com/CodeGenieApp/serverless-express/issues/465).
 */
const ADDRESSES: readonly [api: string, address: string, path: string, contextPath: string, location: string][] = [
  ['REST', 'the default endpoint', '/orders/order-1/cancellation', '/prod/orders/order-1/cancellation', '/prod/orders/order-1'],
  ['REST', 'a custom domain', '/orders/order-1/cancellation', '/orders/order-1/cancellation', '/orders/order-1'],
  ['REST', 'a base path', '/shop/orders/order-1/cancellation', '/shop/orders/order-1/cancellation', '/shop/orders/order-1'],
  ['REST', 'a base path of two segments', '/shop/v1/orders/order-1/cancellation', '/shop/v1/orders/order-1/cancellation', '/shop/v1/orders/order-1'],
  ['REST', 'a custom domain for all stages', '/prod/orders/order-1/cancellation', '/prod/orders/order-1/cancellation', '/prod/orders/order-1'],
  ['REST', 'a base path for all stages', '/shop/prod/orders/order-1/cancellation', '/shop/prod/orders/order-1/cancellation', '/shop/prod/orders/order-1'],
  ['HTTP', 'the default endpoint with the default stage', '/orders/order-1/cancellation', '/orders/order-1/cancellation', '/orders/order-1'],
  ['HTTP', 'the default endpoint with a named stage', '/dev/orders/order-1/cancellation', '/orders/order-1/cancellation', '/dev/orders/order-1'],
  ['HTTP', 'a custom domain', '/orders/order-1/cancellation', '/orders/order-1/cancellation', '/orders/order-1'],
  ['HTTP', 'a custom domain with a named stage', '/orders/order-1/cancellation', '/dev/orders/order-1/cancellation', '/orders/order-1'],
  ['HTTP', 'a base path', '/shop/orders/order-1/cancellation', '/orders/order-1/cancellation', '/shop/orders/order-1'],
  ['HTTP', 'a base path of two segments', '/shop/v1/orders/order-1/cancellation', '/orders/order-1/cancellation', '/shop/v1/orders/order-1'],
];

interface EventKind {
  readonly version?: string;
  readonly resourceId: string | null | undefined;
}

/**
 * What distinguishes the events. Those of an HTTP API have the key of the route in `resourceId`, as recorded events show, or null, as in the
 * documentation of AWS. A local AWS has a version in events of REST APIs, too.
 */
const EVENTS: Record<string, readonly EventKind[]> = {
  REST: [{ resourceId: 'a1b2c3' }, { resourceId: undefined }, { version: '1.0', resourceId: 'a1b2c3' }],
  HTTP: [{ version: '1.0', resourceId: 'POST /orders' }, { version: '1.0', resourceId: 'ANY /orders/{orderId}' }, { version: '1.0', resourceId: null }],
};

describe.each(ADDRESSES)('the location of an order after a request to a %s API at %s', (api, _, path, contextPath, location) => {
  const requestTo = (resource: string, sent: (cancellationPath: string) => string, { version, resourceId }: EventKind): Request =>
    ({ version, resource, path: sent(path), requestContext: { path: sent(contextPath), resourceId } }) as unknown as Request;

  test.each([
    [CANCELLATION, (sent: string) => sent],
    [ORDER, (sent: string) => sent.replace('/cancellation', '')],
    [ORDERS, (sent: string) => sent.replace('/order-1/cancellation', '')],
  ])('%s', (resource, sent) => {
    for (const event of EVENTS[api]) expect(orderLocation(requestTo(resource, sent, event), 'order-1')).toBe(location);
  });
});

const locationOf = (resource: string | undefined, sentPath: string | undefined, path?: string) =>
  orderLocation({ resource, path, requestContext: { path: sentPath } } as Request, 'order-1');

test.each([
  ['a base path that is also the name of the resource', ORDER, '/orders/orders/orders', '/orders/orders/order-1'],
  ['a resource below others', '/v1/orders/{orderId}', '/prod/v1/orders/order-1', '/prod/v1/orders/order-1'],
  ['a trailing slash', ORDERS, '/prod/orders/', '/prod/orders/order-1'],
  ['a trailing slash', CANCELLATION, '/prod/orders/order-1/cancellation/', '/prod/orders/order-1'],
  ['an encoded ID', ORDER, '/prod/orders/order%2D1', '/prod/orders/order-1'],
])('the location of an order after a request with %s to %s', (_, resource, sentPath, location) => {
  expect(locationOf(resource, sentPath)).toBe(location);
});

test.each([
  ['the path of the event', CANCELLATION, '/orders/order-1/cancellation'],
  ['the resource', CANCELLATION, undefined],
  ['the name of the resource', undefined, undefined],
])('without the path that the client sent, %s is used', (_, resource, path) => {
  expect(locationOf(resource, undefined, path)).toBe('/orders/order-1');
});
