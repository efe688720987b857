import * as z from 'zod/mini';
import { nextVersion, type CommandDefinition } from './command-definition';
import type { PlacedItem } from './order-item';
import { EVENT_TYPE } from '../../../src/private/contract';

/** `data` of `OrderFulfilled`: any object, or nothing. */
const requestSchema = z.optional(z.nullable(z.record(z.string(), z.unknown())));

/** Marks an order as fulfilled. Another system fulfilled it and published `OrderFulfilled`, so there is no second event for it. */
export const fulfillOrder = {
  type: 'FulfillOrder',
  channels: [],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_FULFILLED,
  refused: EVENT_TYPE.ORDER_FULFILLMENT_REFUSED,
  requestSchema,
  toData: () => ({}),
  apply: (item, _, now) => {
    const placed = item as PlacedItem;
    return { item: { ...placed, status: 'FULFILLED', ...nextVersion(placed, now) }, outcome: 'OrderFulfilled' };
  },
} as const satisfies CommandDefinition<typeof requestSchema, object>;
