import * as z from 'zod/mini';
import { createEvent } from './create-event';
import { metadataSchema, type OrderEvent } from './event';
import { pricedOrderSchema } from './order';
import type { OrderItem } from './order-item';
import { parseShape } from './parse-message';

/** What an event takes from an item. The rest of the item, its bookkeeping, is left behind. */
const announcedSchema = z.object({
  lastCommand: z.pick(metadataSchema, { commandId: true, sequence: true, correlationId: true, causationId: true, channel: true }),
  updatedAt: z.iso.datetime(),
  version: z.int(),
});

/**
 * The event that a change to the orders table leads to, if any: a rejection was announced before it was stored, and an item
 * that expired is no news.
 *
 * @throws PoisonMessage when the item was not written by this pipeline.
 */
export function changeToEvent(before: OrderItem | undefined, after: OrderItem | undefined): OrderEvent | undefined {
  if (after?.status !== 'CONFIRMED' || before?.version === after.version) return undefined;
  const { lastCommand, version, updatedAt } = parseShape(after, announcedSchema);
  const order = parseShape(pick(after, Object.keys(pricedOrderSchema.shape)), pricedOrderSchema);
  return createEvent('OrderConfirmed', { orderId: order.orderId, ...lastCommand }, { order, status: after.status }, { version, occurredAt: updatedAt });
}

const pick = (item: OrderItem, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([field]) => fields.includes(field)));
