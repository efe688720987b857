import type { DescribedMessage } from './redrive-answer';
import { EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import type { EventOf } from '../events/event';
import { digest } from '../orders/ids';

/**
 * The event that a message about an order was put back: the same for the same message, however often that is done. Undefined where it is
 * about no order, and where it is itself such an event: each redrive would otherwise double what a broken consumer leaves behind.
 */
export function orderRedriven(queue: string, message: DescribedMessage, reason: string): EventOf<'OrderRedriven'> | undefined {
  const { id, orderId, type, commandId = id, correlationId = commandId } = message;
  if (orderId === undefined || type === EVENT_TYPE.ORDER_REDRIVEN) return undefined;
  const cause = { orderId, commandId, sequence: 0, correlationId, causationId: id, channel: 'bus' } as const;
  const { metadata, ...event } = createEvent(EVENT_TYPE.ORDER_REDRIVEN, cause, { queue, reason, ...(type ? { type } : {}) });
  return { ...event, metadata: { ...metadata, eventId: digest(['redriven', queue, id]).slice(0, 32) } };
}
