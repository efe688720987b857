import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mergePartitions, shardKey, withTenant, type IndexedOrder, type StatusFilter, type OrderListQuery, type OrderPage, type PartitionPage } from '#shared';
import { documents } from './documents';
import { INDEX_SHARDS, ORDERS_BY_CUSTOMER, ORDERS_BY_EXTERNAL_REFERENCE, ORDERS_BY_STATUS } from '../../src/private/contract';

/** The number of entries read from each partition when a filter skips some of them: 1000 for one page. */
const FILTERED_READ_SIZE = 1000 / INDEX_SHARDS;

/** One partition of an index, with an optional filter by status. */
interface Partition {
  readonly index: typeof ORDERS_BY_CUSTOMER | typeof ORDERS_BY_STATUS | typeof ORDERS_BY_EXTERNAL_REFERENCE;
  readonly value: string;
  readonly status?: StatusFilter;
}

/** Lists orders from an index, newest first. Indexes are eventually consistent. */
export async function listOrders(TableName: string, query: OrderListQuery): Promise<OrderPage> {
  const pages = await Promise.all(partitionsOf(query).map((partition) => queryPartition(TableName, partition, query)));
  return mergePartitions(pages, query.limit);
}

/** The orders of a customer, and those in a status, are in one partition per shard; those with an external reference are few. */
function partitionsOf({ tenant, customerId, externalReference, status }: OrderListQuery): Partition[] {
  if (externalReference !== undefined) return [{ index: ORDERS_BY_EXTERNAL_REFERENCE, value: withTenant(tenant, externalReference), status }];
  const index = customerId === undefined ? ORDERS_BY_STATUS : ORDERS_BY_CUSTOMER;
  const filter = customerId === undefined ? undefined : status;
  const value = withTenant(tenant, customerId ?? status!);
  return Array.from({ length: INDEX_SHARDS }, (_, shard) => ({ index, value: shardKey(value, shard), status: filter }));
}

async function queryPartition(TableName: string, partition: Partition, query: OrderListQuery): Promise<PartitionPage> {
  const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand({
    TableName, ...conditionsOf(partition, query), ScanIndexForward: false, Limit: partition.status === undefined ? query.limit : FILTERED_READ_SIZE,
  }));
  return { orders: Items as IndexedOrder[], readTo: LastEvaluatedKey?.listKey as string | undefined };
}

const conditionsOf = ({ index, value, status }: Partition, { oldest, newest }: OrderListQuery) => ({
  IndexName: index.indexName,
  KeyConditionExpression: '#key = :key AND #listKey BETWEEN :oldest AND :newest',
  ...(status === undefined ? {} : { FilterExpression: '#status = :status' }),
  ExpressionAttributeNames: { '#key': index.partitionKey, '#listKey': index.sortKey, ...(status === undefined ? {} : { '#status': 'status' }) },
  ExpressionAttributeValues: { ':key': value, ':oldest': oldest, ':newest': newest, ...(status === undefined ? {} : { ':status': status }) },
});
