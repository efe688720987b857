import * as z from 'zod/mini';
import { nextVersion, type CommandDefinition } from './command-definition';
import { statusAfter, withFulfillment } from './fulfillment';
import { itemsToFulfill, type FulfilledItem } from './items-to-fulfill';
import { isPlaced, type PlacedItem } from './order-item';
import { shipmentFields, shipmentIn, type Shipment } from './shipment';
import { EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { listErrors, type FieldError } from '../json/field-error';
import type { LineItemReference } from '../orders/line-items';

const MAX_ITEMS = 1000;
/** The item of an order must have room for its fulfillments, and its event for the items of one, beside the order. */
const MAX_BYTES = { items: 24_000, fulfillments: 32_000 };

const decimals = { error: 'must have at most three decimal places', params: { code: 'TOO_MANY_DECIMALS' } };
const size = { error: `must have at most ${MAX_BYTES.items} bytes as JSON; publish several events`, params: { code: 'TOO_BIG' } };
const reference = { error: 'must be the ID of a line item, or its index from 0', params: { code: 'INVALID_TYPE' } };

const isReference = (value: unknown): boolean =>
  (typeof value === 'string' ? value.length <= 128 : Number.isSafeInteger(value) && Number(value) >= 0);

const itemSchema = z.strictObject({
  lineItem: z.custom<LineItemReference>(isReference, reference),
  quantity: z.number().check(z.gt(0), z.lte(1_000_000), z.refine((quantity) => /^\d+(\.\d{1,3})?$/.test(String(quantity)), decimals)),
});

/** `data` of `OrderItemsFulfilled`: the items and their shipment, and any other fields. */
const requestSchema = z.looseObject({
  items: z.array(itemSchema).check(
    z.minLength(1), z.maxLength(MAX_ITEMS), z.refine((items) => Buffer.byteLength(JSON.stringify(items)) <= MAX_BYTES.items, size),
  ),
  ...shipmentFields,
});

/** The items that another system fulfilled together. */
export interface ItemsFulfilled extends Shipment {
  readonly items: readonly FulfilledItem[];
}

/** Marks quantities of line items as fulfilled, and with the last of them the order. */
export const fulfillOrderItems = {
  type: 'FulfillOrderItems',
  channels: [],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_ITEMS_FULFILLED,
  done: EVENT_TYPE.ORDER_PARTIALLY_FULFILLED,
  completed: EVENT_TYPE.ORDER_FULFILLED,
  refused: EVENT_TYPE.ORDER_FULFILLMENT_REFUSED,
  requestSchema,
  toData: (request) => ({ items: request.items, ...shipmentIn(request) }),
  repeats: (item, { shipmentId, items }) => {
    if (!isPlaced(item)) return false;
    const repeated = shipmentWith(item, shipmentId);
    return repeated !== undefined && JSON.stringify(itemsToFulfill(item, items).all) === JSON.stringify(repeated.items);
  },
  apply: (item, { data: { items, ...shipment } }, now) => {
    const placed = item as PlacedItem;
    const { all, errors } = itemsToFulfill(placed, items);
    const after = withFulfillment(placed, all, shipment, now);
    const found = [...errors, ...shipmentErrors(placed, shipment), ...sizeErrors(after)];
    if (found.length > 0) return { code: REFUSAL_CODE.INVALID_COMMAND, errors: listErrors(found) };
    const status = statusAfter(after);
    const done = status === 'FULFILLED' ? EVENT_TYPE.ORDER_FULFILLED : EVENT_TYPE.ORDER_PARTIALLY_FULFILLED;
    return { item: { ...after, status, ...nextVersion(placed, now) }, data: { items, ...shipment }, done };
  },
} as const satisfies CommandDefinition<typeof requestSchema, ItemsFulfilled>;

const shipmentWith = ({ fulfillments = [] }: PlacedItem, id: string | undefined) =>
  fulfillments.find(({ shipmentId }) => id !== undefined && shipmentId === id);

const shipmentErrors = (item: PlacedItem, { shipmentId }: Shipment): FieldError[] => (shipmentWith(item, shipmentId)
  ? [{ path: '/shipmentId', code: 'DUPLICATE_SHIPMENT_ID', message: 'another fulfillment of the order with other items already has this ID, and is unchanged' }]
  : []);

/** Without a limit, the order would be too large for DynamoDB. */
const sizeErrors = ({ fulfillments }: PlacedItem): FieldError[] =>
  (Buffer.byteLength(JSON.stringify(fulfillments)) <= MAX_BYTES.fulfillments ? [] : [TOO_MANY]);

const TOO_MANY: FieldError = {
  path: '',
  code: 'TOO_MANY_FULFILLMENTS',
  message: `the fulfillments of an order have at most ${MAX_BYTES.fulfillments} bytes; fulfill the rest of the order with OrderFulfilled`,
};
