import type { APIGatewayProxyEvent } from 'aws-lambda';
import { stringify } from 'safe-stable-stringify';
import { callerOf } from './caller';
import { idempotencyKeyOf } from './request-headers';
import { commandIdForKey, newCommandId } from '../orders/ids';

/**
 * The id of what a client asks of an order: a new one, or, with an `Idempotency-Key`, the same for the same request. Another request under
 * the same key is another command: it is not taken for a repeat, and nothing of it is lost.
 */
export function identifyCommand(event: APIGatewayProxyEvent, commandType: string, orderId: string, payload: object): string {
  const key = idempotencyKeyOf(event);
  return key === undefined ? newCommandId() : commandIdForKey(callerOf(event), key, [commandType, orderId, stringify(payload)]);
}
