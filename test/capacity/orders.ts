import { sampleOrder } from '../support/sample-order';

/** The size of an order as JSON, in bytes: that of the table of costs. */
export const ORDER_BYTES = 1057;

/** Orders of many customers. */
export const orderAt = (index: number): Record<string, unknown> => {
  const order = sampleOrder({ orderId: `order-${index}`, customerId: `customer-${index}`, notes: '' });
  return { ...order, notes: 'n'.repeat(Math.max(0, ORDER_BYTES - JSON.stringify(order).length)) };
};
