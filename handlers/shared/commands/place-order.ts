import * as z from 'zod/mini';
import type { CommandDefinition, CommandRequest, EventContent } from './command-definition';
import { sequenceOf } from './command-definition';
import { awaitDecision, pendingConfirmation } from './confirmation-state';
import type { PlacedItem } from './order-item';
import { expiredOrder, invalidOrder } from './rejection';
import { CHANNEL, EVENT_TYPE, EXISTING_ORDER_POLICY, type ExistingOrderPolicy } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { fingerprint } from '../orders/fingerprint';
import type { OrderDocument } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';
import { orderModel } from '../orders/order-model';

/** A placement. While it is pending for an order that was placed already, only the fingerprint is kept, unless it may change that order. */
export interface Placement {
  readonly order?: OrderDocument;
  readonly facts?: OrderFacts;
  readonly fingerprint: string;
  readonly onExistingOrder?: ExistingOrderPolicy;
}

const requestSchema = z.object({ order: z.record(z.string(), z.unknown()), onExistingOrder: z.optional(z.enum(EXISTING_ORDER_POLICY)) });

/** Places an order: a new one, or one that replaces a rejected one. */
export const placeOrder = {
  type: 'PlaceOrder',
  channels: [CHANNEL.API, CHANNEL.FILE, CHANNEL.BUS, CHANNEL.SOURCE],
  requested: EVENT_TYPE.ORDER_VALIDATED,
  done: EVENT_TYPE.ORDER_CONFIRMED,
  refused: EVENT_TYPE.ORDER_REJECTED,
  received: ['order received', 'OrderReceived'],
  requestSchema,
  validate: (payload, request) => validatePlacement(payload, request),
  invalid: (errors) => rejected(errors),
  toData: ({ order, onExistingOrder }, facts) =>
    ({ order, facts, fingerprint: fingerprint({ order, facts }), ...(onExistingOrder ? { onExistingOrder } : {}) }),
  apply: (item, command, now, settings) => {
    const { commandId, data } = command;
    const at = now.toISOString();
    const placement = { commandId, fingerprint: data.fingerprint };
    const placed: PlacedItem = {
      ...data.facts, order: data.order!, ...sequenceOf(item), status: 'CONFIRMED', version: 1, createdAt: at, updatedAt: at, placement,
    };
    if (!settings.confirmation) return { item: placed, data: {} };
    const confirmation = awaitDecision(command, now, settings.confirmation);
    return { item: { ...placed, status: 'PENDING', confirmation }, data: { confirmation: pendingConfirmation(confirmation) }, done: EVENT_TYPE.ORDER_PENDING };
  },
  expire: () => ({ rejection: expiredOrder() }),
  toPendingData: (data) => (data.onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? data : { fingerprint: data.fingerprint }),
} as const satisfies CommandDefinition<typeof requestSchema, Placement>;

/** An invalid placement requests `RejectOrder`: the rejection takes a sequence number and is stored. */
function validatePlacement(payload: unknown, { orderId, onExistingOrder }: CommandRequest): EventContent {
  const fields = orderModel.validateFields(payload);
  if (fields.errors) return rejected(fields.errors);
  if (fields.value.orderId !== orderId) {
    return rejected([{ path: orderModel.orderIdPath, code: 'ORDER_ID_MISMATCH', message: 'must be the order ID of its command, or of the metadata of its event' }]);
  }
  const { value, errors } = orderModel.validateTotal(fields.value);
  return errors
    ? { ...rejected(errors), facts: fields.value.facts }
    : { type: EVENT_TYPE.ORDER_VALIDATED, facts: value.facts, data: { order: value.order, ...(onExistingOrder ? { onExistingOrder } : {}) } };
}

const rejected = (errors: readonly FieldError[]): EventContent => ({ type: EVENT_TYPE.ORDER_REJECTED, data: invalidOrder(errors) });
