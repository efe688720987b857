import { BatchGetItemCommand, ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  RetryableError, retryFailedEntries, withoutContents, type HistoryPage, type HistoryPageKey, type HistoryQuery, type HistoryRecord,
} from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { clientConfig } from './client-config';
import { itemSize } from './item-size';
import { HISTORY_BY_TIME, HISTORY_KEYS } from '../../src/private/contract';

const client = new DynamoDBClient(clientConfig());

/** DynamoDB's limit is 400 KB for an item and its entries in local indexes. An entry consists of keys, which have less than 1 KB. */
const MAX_ITEM_BYTES = 399 * 1024;
/** DynamoDB leaves keys unprocessed beyond 16 MB, and when it is throttled. */
const RETRY = { attempts: 8, pauseMs: 20 };

/**
 * Records an event, unless it is already recorded. Contents that DynamoDB cannot store are omitted: other systems may publish numbers, nesting
 * and sizes that it rejects.
 *
 * @returns whether the event is new.
 */
export async function putRecord(TableName: string, record: HistoryRecord): Promise<boolean> {
  try {
    return await putItem(TableName, toItem(record));
  } catch (error) {
    if (!(error instanceof RangeError) && (error as Error).name !== 'ValidationException') throw error;
    return putItem(TableName, toAttributes(withoutContents(record, 'NOT_STORABLE')));
  }
}

async function putItem(TableName: string, Item: Attributes): Promise<boolean> {
  try {
    await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: `attribute_not_exists(${HISTORY_KEYS.sortKey})` }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function toItem(record: HistoryRecord): Attributes {
  const item = toAttributes(record);
  return itemSize(item) <= MAX_ITEM_BYTES ? item : toAttributes(withoutContents(record, 'TOO_LARGE'));
}

/** Lists the events of an order, oldest first, with strong consistency. The index has their keys, the table their contents. */
export async function listEvents(TableName: string, orderId: string, { limit, after }: HistoryQuery): Promise<HistoryPage> {
  const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({
    TableName,
    IndexName: HISTORY_BY_TIME.indexName,
    KeyConditionExpression: '#orderId = :orderId',
    ExpressionAttributeNames: { '#orderId': HISTORY_KEYS.partitionKey },
    ExpressionAttributeValues: toAttributes({ ':orderId': orderId }),
    ConsistentRead: true,
    Limit: limit,
    ExclusiveStartKey: after && toAttributes(after),
  }));
  const next = LastEvaluatedKey && (fromAttributes(LastEvaluatedKey) as HistoryPageKey);
  const records = (await getItems(TableName, Items)).map(fromAttributes) as unknown as HistoryRecord[];
  return { records: records.sort((one, other) => (one.listKey < other.listKey ? -1 : 1)), next };
}

/** Reads the items of an index. Items that were deleted in the meantime are missing. */
async function getItems(TableName: string, entries: readonly Attributes[]): Promise<Attributes[]> {
  const { partitionKey, sortKey } = HISTORY_KEYS;
  const keys = entries.map((entry): Attributes => ({ [partitionKey]: entry[partitionKey], [sortKey]: entry[sortKey] }));
  const items: Attributes[] = [];
  const unprocessed = keys.length === 0 ? new Map() : await retryFailedEntries(keys, async (Keys) => {
    const RequestItems = { [TableName]: { Keys: [...Keys], ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
    items.push(...Responses?.[TableName] ?? []);
    return new Map((UnprocessedKeys?.[TableName]?.Keys ?? []).map((key) => [key, 'unprocessed']));
  }, RETRY);
  if (unprocessed.size > 0) throw new RetryableError('HistoryUnavailable', 'DynamoDB did not return all events');
  return items;
}
