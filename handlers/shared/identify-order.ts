import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headerOf } from './http';
import { newOrderId, orderIdForKey } from './ids';
import { Problem } from './problem';

/** Stripe's limit, which clients know. */
const MAX_KEY_LENGTH = 255;

/**
 * The id of the order in a request: the client's own, or the one its `Idempotency-Key` stands for, or a new one.
 *
 * @throws Problem 400 for a key that is empty or too long, 422 for a key together with the id of another order.
 */
export function identifyOrder(event: APIGatewayProxyEvent, givenOrderId: unknown): unknown {
  const key = headerOf(event, 'idempotency-key');
  if (key === undefined) return givenOrderId === undefined ? newOrderId() : givenOrderId;
  if (key.trim() === '' || key.length > MAX_KEY_LENGTH) {
    throw new Problem(400, 'invalid-idempotency-key', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  const orderId = orderIdForKey(callerOf(event), key);
  if (givenOrderId !== undefined && givenOrderId !== orderId) {
    throw new Problem(422, 'idempotency-key-conflict', `this Idempotency-Key stands for order ${orderId}; send either the key or an orderId of your own`, [
      { path: '/orderId', code: 'IDEMPOTENCY_KEY_CONFLICT', message: 'leave it out, or send no Idempotency-Key' },
    ]);
  }
  return orderId;
}

/** Who is asking: one caller's keys say nothing about another's. */
function callerOf({ requestContext: { authorizer, identity } }: APIGatewayProxyEvent): string {
  return authorizer?.principalId ?? authorizer?.claims?.sub ?? roleOf(identity?.userArn) ?? identity?.apiKeyId ?? 'anonymous';
}

/** All sessions of a role are one caller: a retry may come from another machine. */
const roleOf = (userArn: string | null | undefined): string | undefined => userArn?.replace(/(:assumed-role\/[^/]+)\/.*/, '$1');
