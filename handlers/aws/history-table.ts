import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PoisonMessage, type HistoryPage, type HistoryPageKey, type HistoryQuery, type HistoryRecord } from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { HISTORY_BY_TIME, HISTORY_KEYS } from '../../src/private/contract';

const client = new DynamoDBClient();

/**
 * Records an event, unless it is already recorded.
 *
 * @returns whether the event is new.
 * @throws PoisonMessage when DynamoDB cannot store the event: other systems may publish numbers, nesting and sizes that it rejects.
 */
export async function putRecord(TableName: string, record: HistoryRecord): Promise<boolean> {
  const Item = toItem(record);
  try {
    await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: `attribute_not_exists(${HISTORY_KEYS.sortKey})` }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw (error as Error).name === 'ValidationException' ? new PoisonMessage('DynamoDB rejects the event: it exceeds a limit on size, nesting or numbers') : error;
  }
}

function toItem(record: HistoryRecord): Attributes {
  try {
    return toAttributes(record);
  } catch {
    throw new PoisonMessage('the event contains a number that DynamoDB cannot store exactly');
  }
}

/** Lists the events of an order, oldest first, with strong consistency. */
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
  return { records: Items.map(fromAttributes) as unknown as HistoryRecord[], next };
}
