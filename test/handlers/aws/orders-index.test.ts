import '../../support/handler-env';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { STATUS_FILTERS, orderListQuery, createPaginationToken, type IndexedOrder, type OrderPage } from '#shared';
import { listOrders } from '../../../handlers/aws/orders-index';
import { FakeOrderIndexes } from '../../support/fake-order-indexes';
import { listedOrder, minute } from '../../support/listed-orders';

const KEY = 'token-key-1';
const table = mockClient(DynamoDBDocumentClient);

/** The table, with these orders. */
function tableWith(orders: readonly IndexedOrder[], mostAtOnce?: number): FakeOrderIndexes {
  const indexes = new FakeOrderIndexes(orders, mostAtOnce);
  table.reset();
  table.on(QueryCommand).callsFake((input) => indexes.query(input));
  return indexes;
}

type Parameters = Record<string, string>;
const pageOf = async (parameters: Parameters): Promise<OrderPage & { nextToken?: string }> => {
  const query = orderListQuery({ queryStringParameters: parameters, multiValueQueryStringParameters: null }, KEY);
  const page = await listOrders('orders-table', query);
  return { ...page, ...(page.next ? { nextToken: createPaginationToken(KEY, query.tokenScope, page.next) } : {}) };
};

/** The ids of the orders on every page, as a client reads them one after the other. */
async function allPages(parameters: Parameters): Promise<string[][]> {
  const pages: string[][] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const page = await pageOf({ ...parameters, ...(nextToken ? { nextToken } : {}) });
    pages.push(page.orders.map(({ orderId }) => orderId));
    nextToken = page.nextToken;
    if (pages.length > 500) throw new Error('the pages have no end');
  }
  return pages;
}

const orders = (count: number, changes: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => listedOrder({ orderId: `order-${n}`, createdAt: minute(n), ...changes(n) }));

const ids = (...numbers: number[]) => numbers.map((n) => `order-${n}`);

describe('a customer\'s orders', () => {
  const customersOrders = (count: number) => orders(count, (n) => ({ customerId: `customer-${n % 2}` }));

  test('are read concurrently from the customer\'s shards of the index only, up to the limit', async () => {
    const indexes = tableWith(customersOrders(9));

    expect((await pageOf({ customerId: 'customer-1', limit: '3' })).orders.map(({ orderId }) => orderId)).toEqual(ids(7, 5, 3));
    expect(indexes.queries.map(({ IndexName, Limit, ScanIndexForward, ExpressionAttributeValues }) => [IndexName, Limit, ScanIndexForward, ExpressionAttributeValues![':key']]))
      .toEqual(Array.from({ length: 8 }, (_, shard) => ['byCustomer', 3, false, `customer-1#${shard}`]));
  });

  test('are in order across shards', async () => {
    tableWith(customersOrders(100));

    expect((await allPages({ customerId: 'customer-1', limit: '20' })).flat()).toEqual(ids(...Array.from({ length: 50 }, (_, n) => 99 - 2 * n)));
  });

  test('in a status are filtered from all orders of the customer, page by page', async () => {
    const indexes = tableWith(orders(600, (n) => ({ status: n === 20 ? 'CANCELLED' : 'CONFIRMED' })));

    expect(await pageOf({ customerId: 'customer-1', status: 'CANCELLED' })).toMatchObject({ orders: [{ orderId: 'order-20' }], next: undefined });
    expect(indexes.queries.map(({ Limit }) => Limit)).toEqual(new Array(8).fill(125));
  });

  test('are searched up to 1000 per request: the page may be short, with a nextToken', async () => {
    const indexes = tableWith(orders(2100, (n) => ({ status: n === 20 || n === 1500 ? 'CANCELLED' : 'CONFIRMED' })));
    const query = { customerId: 'customer-1', status: 'CANCELLED' };

    const first = await pageOf(query);
    expect(first.orders.map(({ orderId }) => orderId)).toEqual(ids(1500));
    expect(indexes.queries).toHaveLength(8);
    expect(first.next).toMatch(/#order-1[12]\d\d$/);
    const pages = await allPages(query);
    expect(pages.flat()).toEqual(ids(1500, 20));
    expect(pages.length).toBeLessThan(5);
  });
});

describe('orders with an external reference', () => {
  const referenced = (count: number) => orders(count, (n) => ({ externalReference: n % 3 === 0 ? '#1001' : undefined, status: n % 2 === 0 ? 'CONFIRMED' : 'CANCELLED' }));

  test('are read from one partition of their index, which is not sharded: few orders share a reference', async () => {
    const indexes = tableWith(referenced(9));

    expect((await pageOf({ externalReference: '#1001', limit: '2' })).orders.map(({ orderId }) => orderId)).toEqual(ids(6, 3));
    expect(indexes.queries.map(({ IndexName, Limit, ScanIndexForward, ExpressionAttributeValues }) => [IndexName, Limit, ScanIndexForward, ExpressionAttributeValues![':key']]))
      .toEqual([['byExternalReference', 2, false, '#1001']]);
  });

  test('are filtered by status, page by page', async () => {
    tableWith(referenced(30));

    expect((await allPages({ externalReference: '#1001', status: 'CANCELLED', limit: '2' })).flat()).toEqual(ids(27, 21, 15, 9, 3));
  });
});

describe('orders in a status', () => {
  test('are read concurrently from every shard only', async () => {
    const indexes = tableWith(orders(50));

    await pageOf({ status: 'CONFIRMED', limit: '4' });
    expect(indexes.queries.map(({ IndexName, Limit, ExpressionAttributeValues }) => [IndexName, Limit, ExpressionAttributeValues![':key']]))
      .toEqual(Array.from({ length: 8 }, (_, shard) => ['byStatus', 4, `CONFIRMED#${shard}`]));
  });

  test('are in order across shards', async () => {
    tableWith(orders(50));

    const pages = await allPages({ status: 'CONFIRMED', limit: '20' });
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 10]);
    expect(pages.flat()).toEqual(ids(...Array.from({ length: 50 }, (_, n) => 49 - n)));
  });
});

test('a range of time is part of the index query', async () => {
  const indexes = tableWith(orders(50));

  expect(await allPages({ customerId: 'customer-1', from: minute(10), to: minute(13), limit: '2' })).toEqual([ids(12, 11), ids(10)]);
  expect(indexes.queries[0].ExpressionAttributeValues).toMatchObject({ ':oldest': minute(10), ':newest': minute(13) });
});

test('orders placed during pagination do not change its pages', async () => {
  const all = orders(9);
  tableWith(all.slice(0, 6));
  const { orders: first, nextToken } = await pageOf({ status: 'CONFIRMED', limit: '3' });
  tableWith(all);
  const { orders: second } = await pageOf({ status: 'CONFIRMED', limit: '3', nextToken: nextToken! });

  expect([...first, ...second].map(({ orderId }) => orderId)).toEqual(ids(5, 4, 3, 2, 1, 0));
});

test('a page ends at the last key read from any shard, because its next orders may precede those of others', async () => {
  const all = orders(120);
  tableWith(all, 1);
  const pages = await allPages({ status: 'CONFIRMED', limit: '100' });

  expect(pages[0].length).toBeLessThan(80);
  expect(pages.flat()).toEqual(all.map(({ orderId }) => orderId).reverse());
});

test('fails when one shard is unavailable, because the list would be incomplete', async () => {
  const indexes = tableWith(orders(9));
  table.on(QueryCommand).callsFake((input) => {
    if (input.ExpressionAttributeValues[':key'] === 'CONFIRMED#3') throw new Error('slow down');
    return indexes.query(input);
  });

  await expect(pageOf({ status: 'CONFIRMED' })).rejects.toThrow('slow down');
});

describe('reading page by page, whatever the orders', () => {
  const someOrders = fc.uniqueArray(
    fc.record({
      orderId: fc.stringMatching(/^[A-Za-z0-9_-]{1,3}$/),
      // Few times for many orders: some came in the same millisecond.
      createdAt: fc.integer({ min: 0, max: 9 }).map(minute),
      status: fc.constantFrom(...STATUS_FILTERS.slice(0, 2)),
      customerId: fc.constantFrom('customer-1', 'customer-2'),
      externalReference: fc.constantFrom(undefined, '#1001', '#1002'),
      placedAt: fc.option(fc.integer({ min: 0, max: 9 }).map(minute), { nil: undefined }),
    }),
    { selector: ({ orderId }) => orderId, maxLength: 60 },
  ).map((list) => list.map(listedOrder));
  const someQuery = fc.record({
    choice: fc.constantFrom<Parameters>(
      { customerId: 'customer-1' }, { status: 'CONFIRMED' }, { customerId: 'customer-1', status: 'CONFIRMED' }, { externalReference: '#1001' },
      { externalReference: '#1001', status: 'CONFIRMED' },
    ),
    range: fc.record({ from: fc.integer({ min: 0, max: 4 }).map(minute), to: fc.integer({ min: 5, max: 10 }).map(minute) }, { requiredKeys: [] }),
    limit: fc.integer({ min: 1, max: 12 }).map(String),
  });

  test('returns every order exactly once, newest first', async () => {
    await fc.assert(fc.asyncProperty(someOrders, someQuery, fc.integer({ min: 1, max: 9 }), async (given, { choice, range, limit }, mostAtOnce) => {
      tableWith(given, mostAtOnce);
      const pages = await allPages({ ...choice, ...range, limit });

      expect(pages.flat()).toEqual(expected(given, choice, range));
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(limit));
    }), { numRuns: 400 });
  });

  /** The same query in another notation. */
  const expected = (given: readonly IndexedOrder[], choice: Parameters, { from, to }: { from?: string; to?: string }): string[] => given
    .map((order) => order as IndexedOrder & Record<'customerId' | 'createdAt', string> & { externalReference?: string; placedAt?: string })
    .map((order) => ({ ...order, at: Date.parse(order.placedAt ?? order.createdAt) }))
    .filter(({ customerId, status }) => [customerId, undefined].includes(choice.customerId) && [status, undefined].includes(choice.status as never))
    .filter(({ externalReference }) => [externalReference, undefined].includes(choice.externalReference))
    .filter(({ at }) => (!from || at >= Date.parse(from)) && (!to || at < Date.parse(to)))
    .sort((one, other) => other.at - one.at || (one.orderId < other.orderId ? 1 : -1))
    .map(({ orderId }) => orderId);
});
