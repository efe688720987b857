import { sampleOrder } from './sample-order';

/** Creates `count` valid orders with different IDs. */
export const sampleOrders = (prefix: string, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => sampleOrder({ orderId: `${prefix}-${index}`, customerId: `customer-${index % 7}` }));

/** One order per line. */
export const ndjson = (orders: readonly unknown[]): string => orders.map((order) => `${JSON.stringify(order)}\n`).join('');
