import { randomUUID } from 'node:crypto';
import type { OrderToPlace } from './order-to-place';
import type { ApiRequest } from './orders-client';
import { mergeHeaders, type RequestHeader } from './request-header';

type Credentials = readonly RequestHeader[];

/** POST /orders. An order without an ID has an idempotency key: repeating the request places it once. */
export const placeOrder = ({ json, orderId }: OrderToPlace, credentials: Credentials): ApiRequest => ({
  method: 'POST',
  path: '/orders',
  headers: mergeHeaders(
    { name: 'Content-Type', value: 'application/json' }, ...(orderId === undefined ? [{ name: 'Idempotency-Key', value: `try-${randomUUID()}` }] : []), ...credentials,
  ),
  body: json,
});

/** GET /orders/{orderId}. */
export const readOrder = (orderId: string, headers: Credentials): ApiRequest => ({ method: 'GET', path: `/orders/${encodeURIComponent(orderId)}`, headers });

/** GET /orders/{orderId}/events. */
export const readHistory = (orderId: string, headers: Credentials): ApiRequest =>
  ({ method: 'GET', path: `/orders/${encodeURIComponent(orderId)}/events`, headers });

/** POST /orders/{orderId}/cancellation. */
export const cancelOrder = (orderId: string, credentials: Credentials): ApiRequest => ({
  method: 'POST',
  path: `/orders/${encodeURIComponent(orderId)}/cancellation`,
  headers: mergeHeaders({ name: 'Content-Type', value: 'application/json' }, ...credentials),
  body: '{ "reason": "was a test" }',
});
