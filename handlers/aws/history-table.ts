import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { PoisonMessage, type HistoryPage, type HistoryPageKey, type HistoryQuery, type HistoryRecord } from '#shared';
import { clientConfig } from './client-config';
import { HISTORY_BY_TIME, HISTORY_KEYS } from '../../src/private/contract';

const client = new DynamoDBClient(clientConfig());
const table = DynamoDBDocumentClient.from(client);

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

function toItem(record: HistoryRecord): Record<string, AttributeValue> {
  try {
    return marshall(record);
  } catch {
    throw new PoisonMessage('the event contains a number that DynamoDB cannot store exactly');
  }
}

/** Lists the events of an order, oldest first, with strong consistency. */
export async function listEvents(TableName: string, orderId: string, { limit, after }: HistoryQuery): Promise<HistoryPage> {
  const { Items = [], LastEvaluatedKey } = await table.send(new QueryCommand({
    TableName,
    IndexName: HISTORY_BY_TIME.indexName,
    KeyConditionExpression: '#orderId = :orderId',
    ExpressionAttributeNames: { '#orderId': HISTORY_KEYS.partitionKey },
    ExpressionAttributeValues: { ':orderId': orderId },
    ConsistentRead: true,
    Limit: limit,
    ExclusiveStartKey: after,
  }));
  return { records: Items as HistoryRecord[], next: LastEvaluatedKey as HistoryPageKey | undefined };
}
