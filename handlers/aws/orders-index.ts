import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { mergeSlices, statusShard, type IndexedOrder, type ListedStatus, type OrderListQuery, type OrderPage, type OrderSlice } from '#shared';
import { clientConfig } from './client-config';
import { INDEX_SHARDS, ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS } from '../../src/private/contract';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()));

/** What is read of an index for one page when DynamoDB passes over some of it: so many entries at most, and so many at once. */
const MAX_READ = 1000;
const READ_AT_ONCE = 250;

/** One partition of an index, and what of it is passed over. */
interface Partition {
  readonly index: typeof ORDERS_BY_CUSTOMER | typeof ORDERS_BY_STATUS;
  readonly value: string;
  readonly status?: ListedStatus;
}

/** Orders as the indexes have them, newest first. An index is behind the table for some moments. */
export async function listOrders(TableName: string, query: OrderListQuery): Promise<OrderPage> {
  const slices = await Promise.all(partitionsOf(query).map((partition) => readSlice(TableName, partition, query)));
  return mergeSlices(slices, query.limit);
}

/** A customer's orders are in one partition, those in a status in one for each shard. */
function partitionsOf({ customerId, status }: OrderListQuery): Partition[] {
  if (customerId !== undefined) return [{ index: ORDERS_BY_CUSTOMER, value: customerId, status }];
  return Array.from({ length: INDEX_SHARDS }, (_, shard) => ({ index: ORDERS_BY_STATUS, value: statusShard(status!, shard) }));
}

async function readSlice(TableName: string, partition: Partition, query: OrderListQuery): Promise<OrderSlice> {
  const orders: IndexedOrder[] = [];
  const Limit = partition.status === undefined ? query.limit : READ_AT_ONCE;
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let read = 0; read < MAX_READ && orders.length < query.limit; read += Limit) {
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
