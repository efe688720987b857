import { fulfilledOf, inOrder } from '../commands/fulfillment';
import type { FulfilledQuantity } from '../commands/fulfillment-record';
import type { FulfilledItem } from '../commands/items-to-fulfill';
import type { PlacedItem } from '../commands/order-item';
import { fromThousandths } from '../orders/line-items';
import { orderModel } from '../orders/order-model';

/** Returns the fulfilled quantities of an order and its fulfillments, with the references of its line items. Nothing for an order without any. */
export function fulfillmentView(item: PlacedItem): Record<string, unknown> {
  const { fulfillments, order } = item;
  if (!fulfillments) return {};
  const lines = orderModel.lineItems(order) ?? [];
  const shown = ([index, quantity]: FulfilledQuantity): FulfilledItem => ({ lineItem: lines[index]?.reference ?? index, quantity });
  const fulfilledItems = inOrder([...fulfilledOf(item)]).map(([index, thousandths]) => shown([index, fromThousandths(thousandths)]));
  return {
    ...(fulfilledItems.length > 0 ? { fulfilledItems } : {}),
    fulfillments: fulfillments.map(({ items, ...rest }) => ({ ...rest, ...(items ? { items: items.map(shown) } : {}) })),
  };
}
