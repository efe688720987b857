import { mergePartitions, orderSummary, type IndexedOrder } from '#shared';
import { listedOrder, minute } from '../../../support/listed-orders';

const order = (n: number) => listedOrder({ orderId: `order-${n}`, createdAt: minute(n) });
const key = (n: number) => order(n).listKey;
const numbers = (orders: readonly IndexedOrder[]) => orders.map(({ orderId }) => Number(orderId.slice(6)));
const page = (slices: [orders: number[], readTo?: number][], limit: number) => {
  const { orders, next } = mergePartitions(slices.map(([found, readTo]) => ({
    orders: found.map(order), ...(readTo === undefined ? {} : { readTo: key(readTo) }),
  })), limit);
  return { orders: numbers(orders), next };
};

describe('a page', () => {
  test('contains the newest orders of all partitions', () => {
    expect(page([[[9, 4, 1]], [[8, 5, 2]], [[]]], 4)).toEqual({ orders: [9, 8, 5, 4], next: key(4) });
  });

  test('is the last one when all partitions were read to their end and fit', () => {
    expect(page([[[9, 4]], [[8]]], 3)).toEqual({ orders: [9, 8, 4], next: undefined });
    expect(page([], 3)).toEqual({ orders: [], next: undefined });
  });

  test('ends at the last key read from a partition, because more of its orders may follow', () => {
    expect(page([[[9, 7], 7], [[8, 3, 2]]], 4)).toEqual({ orders: [9, 8, 7], next: key(7) });
  });

  test('ends at the newest of these points', () => {
    expect(page([[[9, 7], 7], [[8, 3], 3], [[6, 5], 5]], 9)).toEqual({ orders: [9, 8, 7], next: key(7) });
  });

  test('ends there even if no order was found', () => {
    expect(page([[[], 5], [[]]], 4)).toEqual({ orders: [], next: key(5) });
  });

  test('ends at its last order if that is earlier', () => {
    expect(page([[[9, 7, 6], 6], [[8, 3]]], 2)).toEqual({ orders: [9, 8], next: key(8) });
  });

  test('distinguishes orders of the same millisecond, like the index', () => {
    const orders = ['a', 'B', '_', '-', '0'].map((orderId) => listedOrder({ orderId }));

    expect(mergePartitions(orders.map((each) => ({ orders: [each] })), 9).orders.map(({ orderId }) => orderId)).toEqual(['a', '_', 'B', '0', '-']);
  });
});

describe('a summary', () => {
  test('has the IDs, state, total and times of an order only', () => {
    expect(orderSummary({ ...order(1), placedAt: minute(0) } as IndexedOrder)).toEqual({
      orderId: 'order-1',
      customerId: 'customer-1',
      status: 'CONFIRMED',
      version: 1,
      currency: 'EUR',
      total: 7,
      placedAt: minute(0),
      createdAt: minute(1),
      updatedAt: minute(1),
    });
  });

  test('omits what a rejected order does not have', () => {
    const rejected = { ...listedOrder({ orderId: 'order-1', status: 'REJECTED' }), customerId: undefined };

    expect(orderSummary(rejected as IndexedOrder)).toEqual({ orderId: 'order-1', status: 'REJECTED', version: 0, createdAt: minute(0), updatedAt: minute(0) });
  });
});
