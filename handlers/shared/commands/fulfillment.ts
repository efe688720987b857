import type { FulfilledQuantity, Fulfillment } from './fulfillment-record';
import type { PlacedItem } from './order-item';
import type { Shipment } from './shipment';
import type { FieldError } from '../json/field-error';
import type { Validated } from '../json/validate-shape';
import { fromThousandths, toThousandths, type LineItem } from '../orders/line-items';
import type { OrderContent } from '../orders/order-document';
import { orderModel } from '../orders/order-model';

/** Quantities in the order of their line items. */
export const inOrder = (items: readonly FulfilledQuantity[]): readonly FulfilledQuantity[] => [...items].sort(([one], [other]) => one - other);

/** The fulfilled quantities of an order by the index of the line item, in thousandths. */
export function fulfilledOf({ fulfillments = [] }: PlacedItem): ReadonlyMap<number, number> {
  const fulfilled = new Map<number, number>();
  for (const [index, quantity] of fulfillments.flatMap(({ items = [] }) => items)) {
    fulfilled.set(index, (fulfilled.get(index) ?? 0) + toThousandths(quantity));
  }
  return fulfilled;
}

/** The quantities of an order that are not fulfilled yet. Undefined if the model does not state where line items are. */
export function remainingOf(item: PlacedItem): readonly FulfilledQuantity[] | undefined {
  const fulfilled = fulfilledOf(item);
  return orderModel.lineItems(item.order)?.map(({ thousandths }, index) => [index, thousandths - (fulfilled.get(index) ?? 0)] as const)
    .filter(([, rest]) => rest > 0).map(([index, rest]) => [index, fromThousandths(rest)] as const);
}

/** An order after a fulfillment. */
export const withFulfillment = (item: PlacedItem, items: Fulfillment['items'], shipment: Shipment, now: Date): PlacedItem =>
  ({ ...item, fulfillments: [...item.fulfillments ?? [], { at: now.toISOString(), ...(items ? { items } : {}), ...shipment }] });

/** The status of an order of which a part is fulfilled, or all. */
export const statusAfter = (item: PlacedItem): PlacedItem['status'] => (remainingOf(item)?.length === 0 ? 'FULFILLED' : 'PARTIALLY_FULFILLED');

/**
 * What a change of an order's content makes of its status and its fulfillments. A line item that is fulfilled in part stays, and only its
 * quantity and what depends on it can change, to no less than what is fulfilled. It can move if it has an ID.
 */
export function keepFulfillments(item: PlacedItem, { order }: OrderContent): Validated<Partial<Pick<PlacedItem, 'fulfillments' | 'status'>>> {
  const [before, after] = [orderModel.lineItems(item.order), orderModel.lineItems(order)];
  if (!item.fulfillments || !before || !after) return { value: {} };
  const indexes = new Map(after.map(({ reference }, index) => [reference, index]));
  // An order that was placed with another version of the model can have fewer line items than before.
  const fulfilled = [...fulfilledOf(item)].filter(([index]) => index in before);
  const moved = new Map(fulfilled.map(([index]) => [index, indexes.get(before[index].reference)]));
  const errors = fulfilled.flatMap(([index, quantity]) => lineErrors(before[index], after[moved.get(index) ?? -1], quantity));
  if (errors.length > 0) return { errors };
  const move = (items: readonly FulfilledQuantity[]) => inOrder(items.map(([index, quantity]) => [moved.get(index) ?? index, quantity]));
  const fulfillments = item.fulfillments.map(({ items, ...rest }) => ({ ...rest, ...(items ? { items: move(items) } : {}) }));
  return { value: { fulfillments, status: statusAfter({ ...item, order, fulfillments }) } };
}

function lineErrors(before: LineItem, after: LineItem | undefined, fulfilled: number): FieldError[] {
  const error = (message: string): FieldError[] => [{ path: (after ?? before).quantityPath, code: 'FULFILLED', message }];
  if (!after) return error(`the line item must stay in the order, with its ID or else at its index: ${fromThousandths(fulfilled)} of it are fulfilled`);
  if (after.fixed !== before.fixed) return error(`only the quantity of the line item can change: ${fromThousandths(fulfilled)} of it are fulfilled`);
  return after.thousandths < fulfilled ? error(`must be at least ${fromThousandths(fulfilled)}, which are fulfilled`) : [];
}
