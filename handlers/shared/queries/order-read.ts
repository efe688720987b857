import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import type { EventOf } from '../events/event';
import { callerOf } from '../http/caller';

/** An order that a client is shown, in the version that it sees. */
export interface ShownOrder {
  readonly orderId: string;
  readonly version: number;
}

/** Who read which orders, told by one event for each order. Its id is one of this request and this order, and of no others. */
export function orderReads(request: APIGatewayProxyEvent, correlationId: string, orders: readonly ShownOrder[]): EventOf<'OrderRead'>[] {
  const commandId = request.requestContext.requestId ?? randomUUID();
  const data = { reader: callerOf(request) };
  return orders.map(({ orderId, version }) => {
    const cause = { orderId, commandId, sequence: 0, correlationId, causationId: commandId, channel: 'api' } as const;
    return createEvent(EVENT_TYPE.ORDER_READ, cause, data, { version });
  });
}
