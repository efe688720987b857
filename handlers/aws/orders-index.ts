import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { mergePartitions, statusShard, type IndexedOrder, type StatusFilter, type OrderListQuery, type OrderPage, type PartitionPage } from '#shared';
import { clientConfig } from './client-config';
import { INDEX_SHARDS, ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS } from '../../src/private/contract';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()));

/** The maximum number of entries read for one page, and per request, when a filter skips some of them. */
const MAX_READ = 1000;
const READ_SIZE = 250;

/** One partition of an index, with an optional filter by status. */
interface Partition {
  readonly index: typeof ORDERS_BY_CUSTOMER | typeof ORDERS_BY_STATUS;
  readonly value: string;
  readonly status?: StatusFilter;
}

/** Lists orders from an index, newest first. Indexes are eventually consistent. */
export async function listOrders(TableName: string, query: OrderListQuery): Promise<OrderPage> {
  const pages = await Promise.all(partitionsOf(query).map((partition) => queryPartition(TableName, partition, query)));
  return mergePartitions(pages, query.limit);
}

/** The orders of a customer are in one partition; the orders in a status are in one partition per shard. */
function partitionsOf({ customerId, status }: OrderListQuery): Partition[] {
  if (customerId !== undefined) return [{ index: ORDERS_BY_CUSTOMER, value: customerId, status }];
  return Array.from({ length: INDEX_SHARDS }, (_, shard) => ({ index: ORDERS_BY_STATUS, value: statusShard(status!, shard) }));
}

async function queryPartition(TableName: string, partition: Partition, query: OrderListQuery): Promise<PartitionPage> {
  const orders: IndexedOrder[] = [];
  const Limit = partition.status === undefined ? query.limit : READ_SIZE;
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let evaluated = 0; evaluated < MAX_READ && orders.length < query.limit; evaluated += Limit) {
    const { Items = [], LastEvaluatedKey } = await table.send(new QueryCommand({
      TableName, ...conditionsOf(partition, query), ScanIndexForward: false, Limit, ExclusiveStartKey: start,
    }));
    orders.push(...Items as IndexedOrder[]);
    start = LastEvaluatedKey;
    if (!start) break;
  }
  return { orders, readTo: start?.listKey as string | undefined };
}

const conditionsOf = ({ index, value, status }: Partition, { oldest, newest }: OrderListQuery) => ({
  IndexName: index.indexName,
  KeyConditionExpression: '#key = :key AND #listKey BETWEEN :oldest AND :newest',
  ...(status === undefined ? {} : { FilterExpression: '#status = :status' }),
  ExpressionAttributeNames: { '#key': index.partitionKey, '#listKey': index.sortKey, ...(status === undefined ? {} : { '#status': 'status' }) },
  ExpressionAttributeValues: { ':key': value, ':oldest': oldest, ':newest': newest, ...(status === undefined ? {} : { ':status': status }) },
});
