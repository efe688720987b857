import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headerOf } from './http';
import { Problem } from './problem';

/** Stripe's limit, which clients know. */
const MAX_KEY_LENGTH = 255;

/**
 * A client's name for a request that it may send again.
 *
 * @throws Problem 400 for a key that is empty or too long.
 */
export function idempotencyKeyOf(event: APIGatewayProxyEvent): string | undefined {
  const key = headerOf(event, 'idempotency-key');
  if (key !== undefined && (key.trim() === '' || key.length > MAX_KEY_LENGTH)) {
    throw new Problem(400, 'invalid-idempotency-key', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  return key;
}
