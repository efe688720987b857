import type { DescribedMessage } from './redrive-response';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import type { EventOf } from '../events/event';
import { digest } from '../orders/ids';

/**
 * Creates the event for a redriven message about an order. The event ID is derived from the message, so that a repeated redrive publishes the
 * same event. Returns undefined for a message about no order, and for an `OrderRedriven` event itself: otherwise each redrive would double the
 * messages of a failing consumer.
 */
export function orderRedrivenEvent(queue: string, message: DescribedMessage, reason: string): EventOf<'OrderRedriven'> | undefined {
  const { id, orderId, type, commandId = id, correlationId = commandId } = message;
  if (orderId === undefined || type === EVENT_TYPE.ORDER_REDRIVEN) return undefined;
  const cause = { orderId, commandId, sequence: 0, correlationId, causationId: id, channel: CHANNEL.BUS };
  const { metadata, ...event } = createEvent(EVENT_TYPE.ORDER_REDRIVEN, cause, { queue, reason, ...(type ? { type } : {}) });
  return { ...event, metadata: { ...metadata, eventId: digest(['redriven', queue, id]).slice(0, 32) } };
}
