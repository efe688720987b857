import type { LiveSubscription } from './live-connection';
import type { LiveEvent } from './live-event';
import { isPlaced, type OrderItem } from '../commands/order-item';

/**
 * Makes the function that returns whether a subscriber may see an event. A customer sees the events of their orders. An event without the customer is of
 * the customer whose order it is about, which is read once.
 */
export function visibility({ customerId, orderKey }: Pick<LiveEvent, 'customerId' | 'orderKey'>, loadOrder: (key: string) => Promise<OrderItem | undefined>) {
  let owner: Promise<string | undefined> | undefined;
  return async (subscriber: Pick<LiveSubscription, 'customerId'>): Promise<boolean> => {
    if (subscriber.customerId === undefined) return true;
    if (customerId !== undefined) return customerId === subscriber.customerId;
    owner ??= orderKey === undefined ? Promise.resolve(undefined) : loadOrder(orderKey).then(ownerOf);
    return await owner === subscriber.customerId;
  };
}

const ownerOf = (order: OrderItem | undefined): string | undefined => (isPlaced(order) || order?.status === 'REJECTED' ? order.customerId : undefined);
