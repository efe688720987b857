import { identifyRequest, type RequestEvent } from './bus-request';
import { SCHEMA_VERSION, type Channel } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import type { FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import type { Validated } from '../json/validate-shape';
import type { OrderDocument } from '../orders/order-document';
import { orderKey, tenantField, type OrderIdentity } from '../orders/order-identity';
import { orderModel } from '../orders/order-model';

/** An order that a system placed which cannot be answered. */
export interface PlacementRequest {
  /** What its command ID is derived from. */
  readonly event: RequestEvent;
  readonly identity: OrderIdentity;
  readonly channel: Channel;
  readonly validation: Validated<OrderDocument>;
}

/** Creates the command of a placement. A wrong order becomes a command with its errors: its rejection gets a sequence number and is stored. */
export function placementCommand({ event, identity, channel, validation: { value: payload, errors } }: PlacementRequest): OrderCommand {
  const { commandId, correlationId } = identifyRequest('PlaceOrder', event, orderKey(identity));
  return {
    schemaVersion: SCHEMA_VERSION,
    commandType: 'PlaceOrder',
    commandId,
    orderId: identity.orderId,
    ...tenantField(identity),
    correlationId,
    channel,
    receivedAt: new Date().toISOString(),
    ...(errors ? { errors } : { payload }),
  };
}

/** Validates the fields of an order. Returns it with its ID. `faults` are the errors of its JSON. */
export function validateSentOrder(sent: unknown, orderId: string, faults: readonly FieldError[], maxOrderSize: number): Validated<OrderDocument> {
  if (faults.length > 0) return { errors: [...faults] };
  if (Buffer.byteLength(JSON.stringify(sent) ?? '') > maxOrderSize) return { errors: [tooLarge(maxOrderSize)] };
  const isWithoutId = isObject(sent) && orderModel.givenOrderId(sent) === undefined;
  const { value, errors } = orderModel.validateFields(isWithoutId ? orderModel.withOrderId(sent, orderId) : sent);
  return errors ? { errors } : { value: value.order };
}

const tooLarge = (maxOrderSize: number): FieldError =>
  ({ path: '', code: 'ORDER_TOO_LARGE', message: `the order must have at most ${maxOrderSize} bytes as JSON` });
