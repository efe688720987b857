import { readOutbox } from './read-outbox';
import { EVENT_TYPE, REFUSED_EVENTS, type EventType } from '../../../src/private/contract';
import { factsIn, isPlaced, type OrderItem } from '../commands/order-item';
import { createEvent } from '../events/create-event';
import type { OrderEvent } from '../events/event';
import { identityOf } from '../orders/order-identity';

/** What the event depends on of an item before a write. */
type ItemBefore = Pick<OrderItem, 'revision' | 'status'>;

/**
 * The event of a write to the orders table, if it has one. Every write has at most one, which is in the item until the next write.
 *
 * @throws PoisonMessage when the pipeline did not write the item.
 */
export function eventOfChange(before: ItemBefore | undefined, after: OrderItem | undefined): OrderEvent | undefined {
  if (!after?.outcome || before?.revision === after.revision) return undefined;
  const { orderId, version, outcome: { type, at, data, ...cause } } = readOutbox(after);
  const order = !isRefusal(type) && isPlaced(after) ? { order: after.order, status: after.status } : {};
  // A rejected placement is another order, by whose ID the item was found: the facts of the item are not its own.
  const facts = type === EVENT_TYPE.ORDER_REJECTED && before?.status !== 'PENDING' ? {} : factsIn(after);
  return createEvent(type, { ...identityOf(orderId), ...cause }, { ...order, ...data } as never, { version, occurredAt: at, facts }) as OrderEvent;
}

/** A command that is refused, or a placement that is rejected, leaves the order as it is. */
const isRefusal = (type: EventType): boolean => type === EVENT_TYPE.ORDER_REJECTED || REFUSED_EVENTS.includes(type);
