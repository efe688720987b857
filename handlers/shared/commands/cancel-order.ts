import * as z from 'zod/mini';
import { nextVersion, type CommandDefinition } from './command-definition';
import { expectedVersionSchema } from './expected-version';
import type { PlacedItem } from './order-item';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import { text } from '../json/text';

const bodySchema = z.strictObject({ reason: text(1, 500) });

const requestSchema = z.extend(bodySchema, { expectedVersion: expectedVersionSchema });

/** An order that was cancelled. */
export interface CancelledItem extends PlacedItem {
  readonly cancellation: z.infer<typeof bodySchema>;
}

/** Cancels an order. */
export const cancelOrder = {
  type: 'CancelOrder',
  channels: [CHANNEL.API],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_CANCELLATION_REQUESTED,
  done: EVENT_TYPE.ORDER_CANCELLED,
  refused: EVENT_TYPE.ORDER_CANCELLATION_REFUSED,
  received: ['order cancellation received', 'OrderCancellationReceived'],
  bodySchema,
  requestSchema,
  toData: (request) => request,
  apply: (item, { data: { reason } }, now) => {
    const placed = item as PlacedItem;
    const cancelled: CancelledItem = { ...placed, status: 'CANCELLED', cancellation: { reason }, ...nextVersion(placed, now) };
    return { item: cancelled, data: { reason } };
  },
} as const satisfies CommandDefinition<typeof requestSchema, z.infer<typeof requestSchema>>;
