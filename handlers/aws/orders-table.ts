import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderItem, OrderStore } from '#shared';
import { fromAttributes, toAttributes } from './attribute-values';
import { documents } from './documents';
import { dynamodb } from './dynamodb';
import { INDEX_SHARDS, ORDERS_BY_PENDING_UNTIL } from '../../src/private/contract';

/** The orders table. Each write replaces the whole item, on the condition that no other writer changed it since it was read. */
export const orderStore = (TableName: string): OrderStore => ({
  load: (orderId) => getOrder(TableName, orderId),
  write: async (item) => {
    const Item = toAttributes(item);
    try {
      await dynamodb.send(new PutItemCommand({ TableName, Item, ...onlyAfter(item.revision - 1), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
      return { written: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { written: false, current: error.Item && (fromAttributes(error.Item) as unknown as OrderItem) };
    }
  },
});

const onlyAfter = (revision: number) => (revision === 0
  ? { ConditionExpression: 'attribute_not_exists(orderId)' }
  : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: toAttributes({ ':revision': revision }) });

/** Reads an order, strongly consistent. */
export async function getOrder(TableName: string, orderId: string): Promise<OrderItem | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  return Item as OrderItem | undefined;
}

/** Lists ids of orders with a pending command that expired by a time in Unix seconds: one page of each shard. */
export async function expiredOrderIds(TableName: string, time: number): Promise<string[]> {
  const { indexName, partitionKey, sortKey } = ORDERS_BY_PENDING_UNTIL;
  const answers = await Promise.all(Array.from({ length: INDEX_SHARDS }, (_, shard) => documents.send(new QueryCommand({
    TableName,
    IndexName: indexName,
    KeyConditionExpression: '#shard = :shard AND #until <= :time',
    ExpressionAttributeNames: { '#shard': partitionKey, '#until': sortKey },
    ExpressionAttributeValues: { ':shard': String(shard), ':time': time },
  }))));
  return answers.flatMap(({ Items = [] }) => Items.map(({ orderId }) => orderId as string));
}
