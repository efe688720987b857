import type { MovedMessages } from './dead-letter-queues';
import { shortReasonOf } from './describe-message';
import { orderRedrivenEvent, type MovedOfOrder } from './order-redriven-event';
import type { RedriveRoute } from './redrive-routes';
import { EVENT_TYPE } from '../../../src/private/contract';
import type { EventOf } from '../events/event';
import { orderKey, type OrderKey } from '../orders/order-identity';

/** Collects the messages that were moved, by order: one event for each order, not for each message. */
export class RedriveSummary {
  private readonly orders = new Map<OrderKey, MovedOfOrder[]>();

  /**
   * @param requestedBy who requested the redrive, if they are known.
   */
  constructor(private readonly requestedBy?: string) {}

  /** The number of orders. */
  get size(): number {
    return this.orders.size;
  }

  /**
   * Adds messages. Those about no order are left out, and so are `OrderRedriven` events themselves: otherwise each redrive would add messages
   * to a failing consumer of all events.
   */
  add(moved: MovedMessages, { name: queue, maxReceiveCount }: RedriveRoute): void {
    for (const [message, { id, orderId, tenant, type, commandId, correlationId }] of moved) {
      if (orderId === undefined || type === EVENT_TYPE.ORDER_REDRIVEN) continue;
      const reason = shortReasonOf(message, maxReceiveCount);
      const key = orderKey({ orderId, tenant });
      const ofOrder = this.orders.get(key) ?? [];
      ofOrder.push({ id, queue, reason, type, commandId, correlationId });
      this.orders.set(key, ofOrder);
    }
  }

  /** Removes all orders and returns their events. */
  takeEvents(): EventOf<'OrderRedriven'>[] {
    const events = [...this.orders].map(([orderId, moved]) => orderRedrivenEvent(orderId, moved, this.requestedBy));
    this.orders.clear();
    return events;
  }
}
