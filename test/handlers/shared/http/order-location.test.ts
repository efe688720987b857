import { orderLocation } from '#shared';

type Request = Parameters<typeof orderLocation>[0];
const locationOf = (resource: string | undefined, sentPath: string | undefined, path?: string) =>
  orderLocation({ resource, path, requestContext: { path: sentPath } } as Request, 'order-1');

const [ORDERS, ORDER, CANCELLATION] = ['/orders', '/orders/{orderId}', '/orders/{orderId}/cancellation'];

test.each([
  ['a stage', ORDERS, '/prod/orders', '/prod/orders/order-1'],
  ['a stage', ORDER, '/prod/orders/order-1', '/prod/orders/order-1'],
  ['a stage', CANCELLATION, '/prod/orders/order-1/cancellation', '/prod/orders/order-1'],
  ['a custom domain', ORDERS, '/orders', '/orders/order-1'],
  ['a custom domain', CANCELLATION, '/orders/order-1/cancellation', '/orders/order-1'],
  ['a base path', ORDERS, '/shop/v1/orders', '/shop/v1/orders/order-1'],
  ['a base path', CANCELLATION, '/shop/v1/orders/order-1/cancellation', '/shop/v1/orders/order-1'],
  ['a base path that is also the name of the resource', ORDER, '/orders/orders/orders', '/orders/orders/order-1'],
  ['a base path and a stage', ORDER, '/shop/prod/orders/order-1', '/shop/prod/orders/order-1'],
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
