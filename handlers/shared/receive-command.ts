import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { OrderCommand } from './command';
import { expectedVersionOf } from './expected-version';
import { identifyCommand } from './identify-command';
import { ORDER_ID_PATTERN } from './ids';
import { Problem } from './problem';
import { SCHEMA_VERSION } from '../../src/private/contract';

/**
 * Makes the command that a request asks of an order which is there already, or will be.
 *
 * @throws Problem 404 when no order can have the id in the path, 400 for a wrong `If-Match` or `Idempotency-Key`.
 */
export function commandFor(
  event: APIGatewayProxyEvent, correlationId: string, commandType: 'ChangeOrder' | 'CancelOrder', request: object,
): OrderCommand {
  const orderId = event.pathParameters?.orderId ?? '';
  if (!ORDER_ID_PATTERN.test(orderId)) throw new Problem(404, 'order-not-found', 'no order can have this id: it has 1 to 64 of A-Z a-z 0-9 _ -');
  const payload = { ...request, ...expectedVersionOf(event) };
  return {
    schemaVersion: SCHEMA_VERSION,
    commandType,
    commandId: identifyCommand(event, commandType, orderId, payload),
    orderId,
    correlationId,
    channel: 'api',
    receivedAt: new Date().toISOString(),
    payload,
  };
}
