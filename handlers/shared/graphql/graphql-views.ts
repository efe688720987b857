import { graphql as mapping } from '#order-model';
import { toGraphql } from './convert-order';
import { toJsonScalar } from './json-scalar';
import type { OrderItem } from '../commands/order-item';
import { orderView } from '../queries/order-view';

/** An order as `OrderView`. */
export function orderViewOf(item: OrderItem): Record<string, unknown> {
  const { order, fulfilledItems, fulfillments, ...view } = orderView(item);
  return {
    ...view,
    fulfilledItems: toJsonScalar(fulfilledItems),
    fulfillments: toJsonScalar(fulfillments),
    ...(order === undefined ? {} : { order: toGraphql(mapping!, order), orderJson: toJsonScalar(order) }),
  };
}

/** A page of the history as `OrderHistory`. Events of other systems may have any metadata and contents. */
export const historyOf = ({ items, ...page }: Record<string, unknown>): Record<string, unknown> => ({
  ...page,
  items: (items as readonly Record<string, unknown>[]).map(({ facts, data, version, sequence, ...entry }) => ({
    ...entry, ...intField('version', version), ...intField('sequence', sequence), facts: toJsonScalar(facts), data: toJsonScalar(data),
  })),
});

/** A field of the type `Int`; nothing for another value. */
export const intField = (name: string, value: unknown): Record<string, number> =>
  (Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? { [name]: Number(value) } : {});
