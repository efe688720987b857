import { randomUUID } from 'node:crypto';
import type { ApiRequest } from './api-request';
import { Problem } from './problem';
import { isCorrelationId } from '../telemetry/id-formats';

/** The limit of Stripe's API, which clients may already use. */
const MAX_KEY_LENGTH = 255;

/** The headers of a request, of any case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** Returns a header by its lower-case name. HTTP header names are case-insensitive. */
export const headerValue = (headers: Headers, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** Returns a header of a request by its lower-case name. */
export const headerOf = (event: ApiRequest, name: string): string | undefined => headerValue(event.headers ?? {}, name);

/** Returns the client's `X-Correlation-Id` if it is valid, or else API Gateway's request ID. */
export function correlationIdOf(event: ApiRequest): string {
  const value = headerOf(event, 'x-correlation-id');
  return isCorrelationId(value) ? value : event.requestContext.requestId ?? randomUUID();
}

/**
 * Returns the `Idempotency-Key`, with which a client can safely retry a request.
 *
 * @throws Problem 400 when the key is empty or too long.
 */
export function idempotencyKeyOf(event: ApiRequest): string | undefined {
  const key = headerOf(event, 'idempotency-key');
  if (key !== undefined && (key.trim() === '' || key.length > MAX_KEY_LENGTH)) {
    throw new Problem(400, 'invalid-idempotency-key', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  return key;
}

/**
 * Returns the order version that `If-Match` requires: the `ETag` of an earlier response. `*` matches every version and requires none.
 *
 * @throws Problem 400 when `If-Match` has any other value.
 */
export function expectedVersionOf(event: ApiRequest): { readonly expectedVersion?: number } {
  const value = headerOf(event, 'if-match')?.trim();
  if (value === undefined || value === '*') return {};
  // A proxy that compresses responses makes their ETags weak.
  const [, version] = /^(?:W\/)?"([1-9]\d{0,14})"$/.exec(value) ?? [];
  if (version) return { expectedVersion: Number(version) };
  throw new Problem(400, 'invalid-if-match', 'If-Match must be one ETag returned by GET /orders/{orderId}, such as "3", or *', [
    { path: '', code: 'INVALID_IF_MATCH', message: 'must be one ETag of the order, in double quotes' },
  ]);
}
