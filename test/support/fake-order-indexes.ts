import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { assertAllUsed, meets, type Item } from './dynamodb-expressions';
import type { IndexedOrder } from '../../handlers/shared';
import { ORDER_KEY, ORDER_SUMMARY, ORDERS_BY_CUSTOMER, ORDERS_BY_EXTERNAL_REFERENCE, ORDERS_BY_STATUS, VISIBLE_UNTIL_ATTRIBUTE } from '../../src/private/contract';

const INDEXES = [ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS, ORDERS_BY_EXTERNAL_REFERENCE];

/** The indexes of the orders table by customer, by status and by external reference, in memory. */
export class FakeOrderIndexes {
  /** Every query. */
  readonly queries: QueryCommandInput[] = [];

  /** `mostAtOnce` is the number of items that fit into DynamoDB's limit of one megabyte per query. */
  constructor(private readonly orders: readonly IndexedOrder[], private readonly mostAtOnce = Infinity) {}

  query(input: QueryCommandInput) {
    this.queries.push(input);
    const { IndexName, KeyConditionExpression, FilterExpression, Limit = Infinity, ScanIndexForward, ExclusiveStartKey, ...placeholders } = input;
    assertAllUsed(placeholders, KeyConditionExpression, FilterExpression);
    const index = INDEXES.find(({ indexName }) => indexName === IndexName)!;
    const { value, oldest, newest } = bounds(input, index);
    const partition = this.orders.filter((order) => attributes(order)[index.partitionKey] === value);
    const found = partition.filter(({ listKey }) => oldest <= listKey && listKey <= newest);
    const sorted = found.sort((one, other) => Buffer.compare(Buffer.from(one.listKey), Buffer.from(other.listKey)));
    if (ScanIndexForward === false) sorted.reverse();
    const from = ExclusiveStartKey ? sorted.findIndex(({ listKey }) => listKey === ExclusiveStartKey.listKey) + 1 : 0;
    const evaluated = sorted.slice(from, from + Math.min(Limit, this.mostAtOnce));
    const last = evaluated.at(-1);
    // DynamoDB returns a key whenever it stopped at a limit, even when nothing follows.
    const stopped = last && evaluated.length === Math.min(Limit, this.mostAtOnce);
    return {
      Items: evaluated.map((order) => projected(order, index)).filter((item) => !FilterExpression || meets(item, FilterExpression, placeholders)),
      ...(stopped ? { LastEvaluatedKey: { [ORDER_KEY]: last.orderId, [index.partitionKey]: value, listKey: last.listKey } } : {}),
    };
  }
}

const attributes = (order: IndexedOrder): Item => order as unknown as Item;

/** Returns the values of a condition. DynamoDB rejects a range whose end precedes its start. */
function bounds({ KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues }: QueryCommandInput, index: (typeof INDEXES)[number]) {
  expect(KeyConditionExpression).toBe('#key = :key AND #listKey BETWEEN :oldest AND :newest');
  expect(ExpressionAttributeNames).toMatchObject({ '#key': index.partitionKey, '#listKey': index.sortKey });
  const { ':key': value, ':oldest': oldest, ':newest': newest } = ExpressionAttributeValues as Record<string, string>;
  if (oldest > newest || value === '') throw Object.assign(new Error('the condition is not valid'), { name: 'ValidationException' });
  return { value, oldest, newest };
}

const projected = (order: IndexedOrder, index: (typeof INDEXES)[number]): Item => Object.fromEntries(
  [ORDER_KEY, index.partitionKey, index.sortKey, ...ORDER_SUMMARY, VISIBLE_UNTIL_ATTRIBUTE]
    .filter((name) => attributes(order)[name] !== undefined).map((name) => [name, attributes(order)[name]]),
);
