import { fulfilledOf, inOrder } from './fulfillment';
import type { FulfilledQuantity } from './fulfillment-record';
import type { PlacedItem } from './order-item';
import type { FieldError } from '../json/field-error';
import { fromThousandths, toThousandths, type LineItem, type LineItemReference } from '../orders/line-items';
import { orderModel } from '../orders/order-model';

/** A line item and the quantity of it that was fulfilled, as events have it. */
export interface FulfilledItem {
  readonly lineItem: LineItemReference;
  readonly quantity: number;
}

/** The quantities of an event by the index of the line item, and why they cannot be fulfilled. */
interface ItemsToFulfill {
  readonly all: readonly FulfilledQuantity[];
  readonly errors: readonly FieldError[];
}

const NO_LINE_ITEMS: FieldError = {
  path: '/items', code: 'NO_LINE_ITEMS', message: 'the order model does not have lineItems and lineItemQuantity, so orders can only be fulfilled as a whole',
};
const UNKNOWN = { code: 'UNKNOWN_LINE_ITEM', message: 'is not a line item of the order; refer to a line item by its ID, or by its index from 0 if it has no ID of its own' };

/** Finds the line items of an event in the order. Quantities of the same line item are added. */
export function itemsToFulfill(item: PlacedItem, items: readonly FulfilledItem[]): ItemsToFulfill {
  const lines = orderModel.lineItems(item.order);
  if (!lines) return { all: [], errors: [NO_LINE_ITEMS] };
  const indexes = new Map(lines.map(({ reference }, index) => [reference, index]));
  const fulfilled = fulfilledOf(item);
  const requested = new Map<number, number>();
  const errors = items.flatMap(({ lineItem, quantity }, position): FieldError[] => {
    const index = indexes.get(lineItem);
    if (index === undefined) return [{ path: `/items/${position}/lineItem`, ...UNKNOWN }];
    requested.set(index, (requested.get(index) ?? 0) + toThousandths(quantity));
    return quantityErrors(`/items/${position}/quantity`, index, lines[index], fulfilled.get(index) ?? 0, requested.get(index)!);
  });
  return { all: inOrder([...requested].map(([index, quantity]) => [index, fromThousandths(quantity)])), errors };
}

function quantityErrors(path: string, index: number, { thousandths: ordered }: LineItem, fulfilled: number, requested: number): FieldError[] {
  if (fulfilled + requested <= ordered) return [];
  const [all, already, now] = [ordered, fulfilled, requested].map(fromThousandths);
  return [{ path, code: 'EXCEEDS_REMAINING', message: `is more than remains of line item ${index}: ${all} ordered, ${already} already fulfilled, ${now} requested` }];
}
