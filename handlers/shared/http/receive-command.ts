import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ApiRequest } from './api-request';
import type { Caller } from './caller';
import { identifyCommand } from './identify-command';
import { orderLocation } from './order-location';
import { Problem } from './problem';
import { expectedVersionOf } from './request-headers';
import { jsonResponse } from './rest-handler';
import { CHANNEL, SCHEMA_VERSION } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import { COMMANDS, type QueuedCommandType } from '../commands/registry';
import { ORDER_ID_PATTERN } from '../orders/ids';
import { orderKey, tenantField } from '../orders/order-identity';
import { report } from '../telemetry/telemetry';

/**
 * Creates the command of a request to change or cancel an order.
 *
 * @throws Problem 404 when no order can have the id in the path, 400 for a wrong `If-Match` or `Idempotency-Key`.
 */
export function commandFor(
  event: ApiRequest, correlationId: string, caller: Caller, commandType: QueuedCommandType, request: object,
): OrderCommand {
  const orderId = event.pathParameters?.orderId ?? '';
  if (!ORDER_ID_PATTERN.test(orderId)) throw new Problem(404, 'order-not-found', 'no order can have this id: it has 1 to 64 of A-Z a-z 0-9 _ -');
  const payload = { ...request, ...expectedVersionOf(event) };
  const commandId = identifyCommand(event, caller, commandType, orderId, payload);
  return newCommand({ commandType, commandId, orderId, correlationId, payload }, caller);
}

/** Creates a command that the API received from a caller: it is about an order of their tenant. */
export const newCommand = (
  own: Pick<OrderCommand, 'commandType' | 'commandId' | 'orderId' | 'correlationId' | 'payload'>, { tenant }: Pick<Caller, 'tenant'>,
): OrderCommand => ({
  schemaVersion: SCHEMA_VERSION,
  channel: CHANNEL.API,
  receivedAt: new Date().toISOString(),
  ...own,
  ...tenantField({ tenant }),
});

/** Sends a command to the orders queue, where it is stored durably. */
export async function sendCommand(command: OrderCommand, send: (command: OrderCommand) => Promise<unknown>): Promise<void> {
  await send(command);
  const { commandType, commandId, correlationId } = command;
  const [message, outcome] = COMMANDS[commandType].received;
  report(message, [{ outcome, orderId: orderKey(command), commandId, correlationId }]);
}

/** Sends the command of a request to the orders queue and returns 202: the command is stored durably. */
export async function acceptCommand(
  event: APIGatewayProxyEvent, caller: Caller, command: OrderCommand, send: (command: OrderCommand) => Promise<unknown>,
): Promise<APIGatewayProxyResult> {
  await sendCommand(command, send);
  const { orderId, correlationId } = command;
  return jsonResponse(202, correlationId, { orderId, correlationId, status: 'RECEIVED' }, { Location: orderLocation(event, orderId, caller) });
}
