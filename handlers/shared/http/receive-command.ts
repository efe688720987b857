import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { identifyCommand } from './identify-command';
import { Problem } from './problem';
import { expectedVersionOf } from './request-headers';
import { jsonResponse } from './rest-handler';
import { SCHEMA_VERSION } from '../../../src/private/contract';
import { ORDER_ID_PATTERN } from '../orders/ids';
import type { OrderCommand } from '../orders/order-command';
import { report } from '../telemetry/telemetry';

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
  return newCommand({ commandType, commandId: identifyCommand(event, commandType, orderId, payload), orderId, correlationId, payload });
}

/** A command that came over the API just now. */
export const newCommand = (own: Pick<OrderCommand, 'commandType' | 'commandId' | 'orderId' | 'correlationId' | 'payload'>): OrderCommand => ({
  schemaVersion: SCHEMA_VERSION,
  channel: 'api',
  receivedAt: new Date().toISOString(),
  ...own,
});

/** What is logged of a command that was received, and the word for it. */
const RECEIVED = {
  PlaceOrder: ['order received', 'OrderReceived'],
  ChangeOrder: ['order change received', 'OrderChangeReceived'],
  CancelOrder: ['order cancellation received', 'OrderCancellationReceived'],
} as const;

/** Sends a command on its way, and answers 202, which means: it will not be lost. */
export async function acceptCommand(command: OrderCommand, send: (command: OrderCommand) => Promise<unknown>): Promise<APIGatewayProxyResult> {
  await send(command);
  const { commandType, orderId, commandId, correlationId } = command;
  const [message, outcome] = RECEIVED[commandType];
  report(message, [{ outcome, orderId, commandId, correlationId }]);
  return jsonResponse(202, correlationId, { orderId, correlationId, status: 'RECEIVED' }, { Location: `/orders/${orderId}` });
}
