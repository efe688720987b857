import * as z from 'zod/mini';
import { requestEventId, strictJsonErrorsIn, type RequestEvent } from './bus-request';
import { placementCommand, validateSentOrder } from './placement-command';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import { metadataSchema } from '../events/event';
import { isObject } from '../json/is-object';
import { valueAt } from '../json/value-at';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { orderIdForEvent } from '../orders/ids';
import { assertTenant } from '../orders/order-identity';
import { orderModel } from '../orders/order-model';

/** The metadata of a placement that are read before it is validated. */
export const placementMetadataSchema = z.looseObject({ orderId: z.optional(metadataSchema.shape.orderId), tenant: metadataSchema.shape.tenant });

const placementEventSchema = z.object({
  'id': z.optional(z.string()),
  'detail-type': z.literal(EVENT_TYPE.ORDER_PLACEMENT_REQUESTED),
  'detail': z.object({ metadata: z._default(placementMetadataSchema, {}), data: z.optional(z.unknown()) }),
});

/**
 * Reads the event with which another system places an order. A wrong order becomes a command with its errors: its rejection gets a sequence
 * number and is stored, like every other.
 *
 * @throws PoisonMessage when the body is not such an event, or has no event id, order id or tenant.
 */
export function readPlacementEvent(body: string, maxOrderSize: number, hasTenants: boolean): OrderCommand {
  const { id, detail: { metadata, data } } = parseMessage(body, placementEventSchema);
  const { tenant } = metadata;
  assertTenant(tenant, hasTenants, '/detail/metadata/tenant');
  const event = { id, metadata, data };
  const sent = valueAt(data, 'order');
  const orderId = metadata.orderId ?? orderModel.orderIdIn(sent) ?? derivedOrderId(sent, event);
  const validation = validateSentOrder(sent, orderId, strictJsonErrorsIn(body, 'data', 'order'), maxOrderSize);
  return placementCommand({ event, identity: { tenant, orderId }, channel: CHANNEL.BUS, validation });
}

/** The ID of an order without one. */
function derivedOrderId(sent: unknown, event: RequestEvent): string {
  if (!isObject(sent)) throw new PoisonMessage('the event has no order ID, and no order in data.order');
  if (orderModel.givenOrderId(sent) !== undefined) throw new PoisonMessage('the order ID in data.order is not valid, and there is none in metadata.orderId');
  return orderIdForEvent(requestEventId(event));
}
