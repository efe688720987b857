import { ConditionalCheckFailedException, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { hasFixedTime, withoutContents, type HistoryPage, type HistoryPageKey, type HistoryQuery, type HistoryRecord } from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { dynamodb } from './dynamodb';
import { fromHistoryItem, toHistoryItem } from './history-items';
import { EVENT_POSITION, HISTORY_KEYS } from '../../src/private/contract';

/**
 * Records an event, unless it is already recorded. Contents that DynamoDB cannot store are omitted: other systems may publish numbers, nesting
 * and sizes that it rejects.
 *
 * @returns whether the event is new.
 */
export async function putRecord(TableName: string, published: HistoryRecord): Promise<boolean> {
  const record = hasFixedTime(published) ? published : await assignPosition(TableName, published);
  try {
    return !await putItem(TableName, toHistoryItem(record));
  } catch (error) {
    if (!(error instanceof RangeError) && (error as Error).name !== 'ValidationException') throw error;
    return !await putItem(TableName, toAttributes(withoutContents(record, 'NOT_STORABLE')));
  }
}

/** Assigns an event its position in the history: that of the time with which it arrived first. Its sender may repeat it with another time. */
async function assignPosition(TableName: string, record: HistoryRecord): Promise<HistoryRecord> {
  const { orderId, eventId, listKey, occurredAt, expiresAt } = record;
  const position = { orderId, listKey: `${EVENT_POSITION}${eventId}`, position: listKey, occurredAt, expiresAt };
  const first = await putItem(TableName, toAttributes(position));
  return first ? { ...record, listKey: first.position.S!, occurredAt: first.occurredAt.S! } : record;
}

/** Puts an item, unless the table has one with its key. @returns the item that the table has. */
async function putItem(TableName: string, Item: Attributes): Promise<Attributes | undefined> {
  try {
    const ConditionExpression = `attribute_not_exists(${HISTORY_KEYS.sortKey})`;
    await dynamodb.send(new PutItemCommand({ TableName, Item, ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
    throw error;
  }
}

/** Lists the events of an order, oldest first, with strong consistency. */
export async function listEvents(TableName: string, orderId: string, { limit, after }: HistoryQuery): Promise<HistoryPage> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(new QueryCommand({
    TableName,
    KeyConditionExpression: '#orderId = :orderId AND #listKey < :positions',
    ExpressionAttributeNames: { '#orderId': HISTORY_KEYS.partitionKey, '#listKey': HISTORY_KEYS.sortKey },
    ExpressionAttributeValues: toAttributes({ ':orderId': orderId, ':positions': EVENT_POSITION }),
    ConsistentRead: true,
    Limit: limit,
    ExclusiveStartKey: after && toAttributes(after),
  }));
  const next = LastEvaluatedKey && (fromAttributes(LastEvaluatedKey) as HistoryPageKey);
  return { records: Items.map(fromHistoryItem), next };
}
