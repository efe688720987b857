import { checkOrderRules } from './check-order-rules';
import { checkOrderShape } from './check-order-shape';
import type { OrderCommand } from './command';
import { createEvent, type EventCause } from './create-event';
import type { EventOf } from './event';
import { invalidOrder } from './rejection';

/** Second validation: what a `PlaceOrder` command leads to. */
export function decidePlacement(command: OrderCommand, sequence: string): EventOf<'OrderValidated'> | EventOf<'OrderRejected'> {
  const { orderId, commandId, correlationId, channel } = command;
  const cause: EventCause = { orderId, commandId, sequence, correlationId, causationId: commandId, channel };

  // The shape was checked at the door, but others may write to the queue.
  const shape = checkOrderShape(command.payload);
  if (shape.errors) return createEvent('OrderRejected', cause, invalidOrder(shape.errors));
  if (shape.order.orderId !== orderId) {
    const error = { path: '/orderId', code: 'ORDER_ID_MISMATCH', message: 'must be the order id of its command' };
    return createEvent('OrderRejected', cause, invalidOrder([error]));
  }

  const rules = checkOrderRules(shape.order);
  return rules.errors
    ? createEvent('OrderRejected', cause, invalidOrder(rules.errors, shape.order.customerId))
    : createEvent('OrderValidated', cause, { order: rules.order });
}
