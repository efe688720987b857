import * as z from 'zod/mini';
import { EVENT_TYPE, REFUSED_EVENTS, type EventType } from '../../../src/private/contract';
import { factsIn, isPlaced, type OrderItem } from '../commands/order-item';
import { createEvent } from '../events/create-event';
import { metadataSchema, type OrderEvent } from '../events/event';
import { parseShape } from '../messaging/parse-message';
import { identityOf, isOrderKey } from '../orders/order-identity';

/** The part of an item that goes into an event; its bookkeeping does not. */
const outboxSchema = z.object({
  orderId: z.string().check(z.refine(isOrderKey)),
  version: metadataSchema.shape.version,
  outcome: z.object({
    ...z.pick(metadataSchema, { commandId: true, sequence: true, correlationId: true, causationId: true, channel: true }).shape,
    type: z.enum(EVENT_TYPE),
    at: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
  }),
});

/**
 * The event of a write to the orders table, if it has one. Every write has at most one, which is in the item until the next write.
 *
 * @throws PoisonMessage when the pipeline did not write the item.
 */
export function eventOfChange(before: OrderItem | undefined, after: OrderItem | undefined): OrderEvent | undefined {
  if (!after?.outcome || before?.revision === after.revision) return undefined;
  const { orderId, version, outcome: { type, at, data, ...cause } } = parseShape(after, outboxSchema);
  const order = !isRefusal(type) && isPlaced(after) ? { order: after.order, status: after.status } : {};
  // A rejected placement is another order, by whose ID the item was found: the facts of the item are not its own.
  const facts = type === EVENT_TYPE.ORDER_REJECTED && before?.status !== 'PENDING' ? {} : factsIn(after);
  return createEvent(type, { ...identityOf(orderId), ...cause }, { ...order, ...data } as never, { version, occurredAt: at, facts }) as OrderEvent;
}

/** A command that is refused, or a placement that is rejected, leaves the order as it is. */
const isRefusal = (type: EventType): boolean => type === EVENT_TYPE.ORDER_REJECTED || REFUSED_EVENTS.includes(type);
