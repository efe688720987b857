import * as z from 'zod/mini';
import { orderIn } from './apply-command';
import { isPlaced, type OrderItem } from './order-item';
import { EVENT_TYPE } from '../../../src/private/contract';
import { createEvent } from '../events/create-event';
import { metadataSchema, type OrderEvent } from '../events/event';
import { parseShape } from '../messaging/parse-message';
import { pricedOrderSchema } from '../orders/order';

/** Events that show the order as it stands after them. */
const SHOWING = ['OrderConfirmed', 'OrderChanged', 'OrderCancelled'];

/** What an event takes from an item. The rest of the item, its bookkeeping, is left behind. */
const toldSchema = z.object({
  orderId: metadataSchema.shape.orderId,
  version: metadataSchema.shape.version,
  outcome: z.object({
    ...z.pick(metadataSchema, { commandId: true, sequence: true, correlationId: true, causationId: true, channel: true }).shape,
    type: z.enum(EVENT_TYPE),
    at: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
  }),
});

/**
 * The event that a write to the orders table leads to, if any. Every write has at most one outcome, which is on the item only until the
 * next write.
 *
 * @throws PoisonMessage when the item was not written by this pipeline.
 */
export function changeToEvent(before: OrderItem | undefined, after: OrderItem | undefined): OrderEvent | undefined {
  if (!after?.outcome || before?.revision === after.revision) return undefined;
  const { orderId, version, outcome: { type, at, data, ...cause } } = parseShape(after, toldSchema);
  const order = SHOWING.includes(type) && isPlaced(after) ? { order: parseShape(orderIn(after), pricedOrderSchema), status: after.status } : {};
  return createEvent(type, { orderId, ...cause }, { ...order, ...data } as never, { version, occurredAt: at }) as OrderEvent;
}
