import * as z from 'zod/mini';
import { identifyRequest, requestEventId, strictJsonErrorsIn, type RequestEvent } from './bus-request';
import { EVENT_TYPE, SCHEMA_VERSION } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import { metadataSchema } from '../events/event';
import type { FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import type { Validated } from '../json/validate-shape';
import { valueAt } from '../json/value-at';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { orderIdForEvent } from '../orders/ids';
import type { OrderDocument } from '../orders/order-document';
import { assertTenant, orderKey, tenantField } from '../orders/order-identity';
import { orderModel } from '../orders/order-model';

const placementEventSchema = z.object({
  'id': z.optional(z.string()),
  'detail-type': z.literal(EVENT_TYPE.ORDER_PLACEMENT_REQUESTED),
  'detail': z.object({
    metadata: z._default(z.looseObject({ orderId: z.optional(metadataSchema.shape.orderId), tenant: metadataSchema.shape.tenant }), {}),
    data: z.optional(z.unknown()),
  }),
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
  const { commandId, correlationId, channel } = identifyRequest('PlaceOrder', event, orderKey({ tenant, orderId }));
  const { value: payload, errors } = validateSent(sent, orderId, body, maxOrderSize);
  return {
    schemaVersion: SCHEMA_VERSION,
    commandType: 'PlaceOrder',
    commandId,
    orderId,
    ...tenantField({ tenant }),
    correlationId,
    channel,
    receivedAt: new Date().toISOString(),
    ...(errors ? { errors } : { payload }),
  };
}

/** The ID of an order without one. */
function derivedOrderId(sent: unknown, event: RequestEvent): string {
  if (!isObject(sent)) throw new PoisonMessage('the event has no order ID, and no order in data.order');
  if (orderModel.givenOrderId(sent) !== undefined) throw new PoisonMessage('the order ID in data.order is not valid, and there is none in metadata.orderId');
  return orderIdForEvent(requestEventId(event));
}

/** Validates the fields of an order. Returns it with its ID. */
function validateSent(sent: unknown, orderId: string, body: string, maxOrderSize: number): Validated<OrderDocument> {
  const faults = strictJsonErrorsIn(body, 'data', 'order');
  if (faults.length > 0) return { errors: [...faults] };
  if (Buffer.byteLength(JSON.stringify(sent) ?? '') > maxOrderSize) return { errors: [tooLarge(maxOrderSize)] };
  const isWithoutId = isObject(sent) && orderModel.givenOrderId(sent) === undefined;
  const { value, errors } = orderModel.validateFields(isWithoutId ? orderModel.withOrderId(sent, orderId) : sent);
  return errors ? { errors } : { value: value.order };
}

const tooLarge = (maxOrderSize: number): FieldError =>
  ({ path: '', code: 'ORDER_TOO_LARGE', message: `the order must have at most ${maxOrderSize} bytes as JSON` });
