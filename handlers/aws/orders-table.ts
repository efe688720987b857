import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { OrderItem, OrderStore } from '#shared';
import { clientConfig } from './client-config';
import { INDEX_SHARDS, ORDERS_BY_PENDING_UNTIL } from '../../src/private/contract';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()), { marshallOptions: { removeUndefinedValues: true } });

/** The orders table. Each write replaces the whole item, on the condition that no other writer changed it since it was read. */
export const orderStore = (TableName: string): OrderStore => ({
  load: (orderId) => getOrder(TableName, orderId),
  write: async (Item) => {
    try {
      await table.send(new PutCommand({ TableName, Item, ...onlyAfter(Item.revision - 1), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
      return { written: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { written: false, current: error.Item && (unmarshall(error.Item) as OrderItem) };
    }
  },
});

const onlyAfter = (revision: number) => (revision === 0
  ? { ConditionExpression: 'attribute_not_exists(orderId)' }
  : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } });

/** Reads an order, strongly consistent. */
export async function getOrder(TableName: string, orderId: string): Promise<OrderItem | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  return Item as OrderItem | undefined;
}

/** Lists ids of orders with a pending command that expired by a time in Unix seconds: one page of each shard. */
export async function expiredOrderIds(TableName: string, time: number): Promise<string[]> {
  const { indexName, partitionKey, sortKey } = ORDERS_BY_PENDING_UNTIL;
  const answers = await Promise.all(Array.from({ length: INDEX_SHARDS }, (_, shard) => table.send(new QueryCommand({
    TableName,
    IndexName: indexName,
    KeyConditionExpression: '#shard = :shard AND #until <= :time',
    ExpressionAttributeNames: { '#shard': partitionKey, '#until': sortKey },
    ExpressionAttributeValues: { ':shard': String(shard), ':time': time },
  }))));
  return answers.flatMap(({ Items = [] }) => Items.map(({ orderId }) => orderId as string));
}
