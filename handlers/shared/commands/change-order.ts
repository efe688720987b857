import { stringify } from 'safe-stable-stringify';
import * as z from 'zod/mini';
import { nextVersion, type CommandDefinition } from './command-definition';
import { expectedVersionSchema } from './expected-version';
import { orderIn, type PlacedItem } from './order-item';
import { CHANNEL, EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { pricedOrderSchema, type PricedOrder } from '../orders/order';
import { applyPatch, orderChangeSchema } from '../orders/order-change';

const requestSchema = z.strictObject({ patch: orderChangeSchema, expectedVersion: expectedVersionSchema });

/** Changes the content of an order by a JSON merge patch. */
export const changeOrder = {
  type: 'ChangeOrder',
  channels: [CHANNEL.API, CHANNEL.BUS],
  requested: EVENT_TYPE.ORDER_CHANGE_REQUESTED,
  done: EVENT_TYPE.ORDER_CHANGED,
  refused: EVENT_TYPE.ORDER_CHANGE_REFUSED,
  received: ['order change received', 'OrderChangeReceived'],
  bodySchema: orderChangeSchema,
  requestSchema,
  toData: (request) => request,
  apply: (item, { data }, now) => {
    const placed = item as PlacedItem;
    const before = orderIn(placed);
    const { value: after, errors } = applyPatch(before, data.patch);
    if (errors) return { code: REFUSAL_CODE.INVALID_COMMAND, errors };
    const changed = Object.keys(pricedOrderSchema.shape).filter((field) => stringify(fieldOf(before, field)) !== stringify(fieldOf(after, field)));
    if (changed.length === 0) return { outcome: 'ChangeRepeated' };
    const { items, shippingAddress, notes, attributes, ...rest } = placed;
    return { item: { ...rest, ...after, ...nextVersion(placed, now) }, data: { changed } };
  },
} as const satisfies CommandDefinition<typeof requestSchema, z.infer<typeof requestSchema>>;

const fieldOf = (order: PricedOrder, field: string): unknown => (order as Record<string, unknown>)[field];
