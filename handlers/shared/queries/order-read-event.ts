import { randomUUID } from 'node:crypto';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import type { EventOf } from '../events/event';
import type { ApiRequest } from '../http/api-request';
import type { Caller } from '../http/caller';
import { identityOf, type OrderKey } from '../orders/order-identity';

/** An order returned to a client, with the returned version. */
export interface ReturnedOrder {
  readonly orderId: OrderKey;
  readonly version: number;
}

/** Creates one event for each order that a caller read. The event ID is derived from the request and the order. */
export function orderReadEvents(request: ApiRequest, correlationId: string, caller: Caller, orders: readonly ReturnedOrder[]): EventOf<'OrderRead'>[] {
  const commandId = request.requestContext.requestId ?? randomUUID();
  const data = { reader: caller.id };
  return orders.map(({ orderId, version }) => {
    const cause = { ...identityOf(orderId), commandId, sequence: 0, correlationId, causationId: commandId, channel: CHANNEL.API };
    return createEvent(EVENT_TYPE.ORDER_READ, cause, data, { version });
  });
}
