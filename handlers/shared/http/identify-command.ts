import { stringify } from 'safe-stable-stringify';
import type { ApiRequest } from './api-request';
import type { Caller } from './caller';
import { idempotencyKeyOf } from './request-headers';
import { commandIdForKey, newCommandId } from '../orders/ids';

/**
 * Creates the id of a client's command: a new one, or with an `Idempotency-Key` the same one for the same request. A different request under
 * the same key is a different command, so it is not lost as a duplicate.
 */
export function identifyCommand(event: ApiRequest, caller: Caller, commandType: string, orderId: string, payload: object): string {
  const key = idempotencyKeyOf(event);
  return key === undefined ? newCommandId() : commandIdForKey(caller.idempotencyScope, key, [commandType, orderId, stringify(payload)]);
}
