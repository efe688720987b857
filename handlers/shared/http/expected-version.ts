import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headerOf } from './http';
import { Problem } from './problem';

/**
 * The version that a client expects the order to have: the `ETag` that it was shown, sent back as `If-Match`. `*`, which any version
 * matches, expects none.
 *
 * @throws Problem 400 for anything else.
 */
export function expectedVersionOf(event: APIGatewayProxyEvent): { readonly expectedVersion?: number } {
  const given = headerOf(event, 'if-match')?.trim();
  if (given === undefined || given === '*') return {};
  const [, version] = /^"([1-9]\d{0,14})"$/.exec(given) ?? [];
  if (version) return { expectedVersion: Number(version) };
  throw new Problem(400, 'invalid-if-match', 'If-Match must be one ETag as GET /orders/{orderId} gives it, such as "3", or *', [
    { path: '', code: 'INVALID_IF_MATCH', message: 'must be one strong ETag of the order, in its quotation marks' },
  ]);
}
