import * as z from 'zod/mini';
import { nextVersion, type CommandDefinition } from './command-definition';
import { remainingOf, withFulfillment } from './fulfillment';
import type { PlacedItem } from './order-item';
import { shipmentIn, type Shipment } from './shipment';
import { EVENT_TYPE } from '../../../src/private/contract';

/** `data` of `OrderFulfilled`: any object, or nothing. */
const requestSchema = z.optional(z.nullable(z.record(z.string(), z.unknown())));

/** Marks an order as fulfilled, with all that remains. Another system fulfilled it and published `OrderFulfilled`, so there is no second event for it. */
export const fulfillOrder = {
  type: 'FulfillOrder',
  channels: [],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_FULFILLED,
  refused: EVENT_TYPE.ORDER_FULFILLMENT_REFUSED,
  requestSchema,
  toData: (request) => shipmentIn(request ?? {}),
  apply: (item, { data }, now) => {
    const placed = item as PlacedItem;
    const isRecorded = placed.fulfillments !== undefined || Object.keys(data).length > 0;
    const after = isRecorded ? withFulfillment(placed, remainingOf(placed), data, now) : placed;
    return { item: { ...after, status: 'FULFILLED', ...nextVersion(placed, now) }, outcome: 'OrderFulfilled' };
  },
} as const satisfies CommandDefinition<typeof requestSchema, Shipment>;
