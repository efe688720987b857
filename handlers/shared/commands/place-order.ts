import * as z from 'zod/mini';
import type { CommandDefinition, CommandResult, EventContent } from './command-definition';
import { sequenceOf } from './command-definition';
import type { PlacedItem } from './order-item';
import { duplicateOrderId, expiredOrder, invalidOrder } from './rejection';
import type { SequencedCommand } from './sequenced-command';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { fingerprint } from '../orders/fingerprint';
import type { OrderDocument } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';
import { orderModel } from '../orders/order-model';

/** A placement. While it is pending for an order that was placed already, only the fingerprint is kept. */
export interface Placement {
  readonly order?: OrderDocument;
  readonly facts?: OrderFacts;
  readonly fingerprint: string;
}

const requestSchema = z.object({ order: z.record(z.string(), z.unknown()) });

/** Places an order: a new one, or one that replaces a rejected one. */
export const placeOrder = {
  type: 'PlaceOrder',
  channels: [CHANNEL.API, CHANNEL.FILE, CHANNEL.BUS],
  requested: EVENT_TYPE.ORDER_VALIDATED,
  done: EVENT_TYPE.ORDER_CONFIRMED,
  refused: EVENT_TYPE.ORDER_REJECTED,
  received: ['order received', 'OrderReceived'],
  requestSchema,
  validate: (payload, orderId) => validatePlacement(payload, orderId),
  invalid: (errors) => rejected(errors),
  toData: ({ order }, facts) => ({ order, facts, fingerprint: fingerprint({ order, facts }) }),
  apply: (item, { commandId, data }, now) => {
    const at = now.toISOString();
    const placement = { commandId, fingerprint: data.fingerprint };
    const placed: PlacedItem = {
      ...data.facts, order: data.order!, ...sequenceOf(item), status: 'CONFIRMED', version: 1, createdAt: at, updatedAt: at, placement,
    };
    return { item: placed, data: {} };
  },
  expire: () => ({ rejection: expiredOrder() }),
  toPendingData: (data) => ({ fingerprint: data.fingerprint }),
} as const satisfies CommandDefinition<typeof requestSchema, Placement>;

/** Compares a placement with the order that has its id: it repeats that order's placement, or its id is taken. */
export const comparePlacement = ({ placement }: PlacedItem, { data }: SequencedCommand<Placement>): CommandResult =>
  (placement.fingerprint === data.fingerprint ? { outcome: 'OrderRepeated' } : { rejection: duplicateOrderId() });

/** An invalid placement requests `RejectOrder`: the rejection takes a sequence number and is stored. */
function validatePlacement(payload: unknown, orderId: string): EventContent {
  const fields = orderModel.validateFields(payload);
  if (fields.errors) return rejected(fields.errors);
  if (fields.value.orderId !== orderId) {
    return rejected([{ path: orderModel.orderIdPath, code: 'ORDER_ID_MISMATCH', message: 'must be the order ID of its command, or of the metadata of its event' }]);
  }
  const { value, errors } = orderModel.validateTotal(fields.value);
  return errors
    ? { ...rejected(errors), facts: fields.value.facts }
    : { type: EVENT_TYPE.ORDER_VALIDATED, facts: value.facts, data: { order: value.order } };
}

const rejected = (errors: readonly FieldError[]): EventContent => ({ type: EVENT_TYPE.ORDER_REJECTED, data: invalidOrder(errors) });
