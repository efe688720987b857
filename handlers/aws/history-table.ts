import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { PoisonMessage, type HistoryPage, type HistoryPageKey, type HistoryQuery, type HistoryRecord } from '#shared';
import { clientConfig } from './client-config';
import { HISTORY_BY_TIME, HISTORY_KEYS } from '../../src/private/contract';

const client = new DynamoDBClient(clientConfig());
const table = DynamoDBDocumentClient.from(client);

/**
 * Keeps an event, unless it is there already.
 *
 * @returns whether it is new.
 * @throws PoisonMessage when the table will never take it: other systems may say numbers, depths and sizes that DynamoDB refuses.
 */
export async function putRecord(TableName: string, record: HistoryRecord): Promise<boolean> {
  const Item = inDynamoDbsForm(record);
  try {
    await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: `attribute_not_exists(${HISTORY_KEYS.sortKey})` }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw (error as Error).name === 'ValidationException' ? new PoisonMessage('the history table does not take the event') : error;
  }
}

function inDynamoDbsForm(record: HistoryRecord): Record<string, AttributeValue> {
  try {
    return marshall(record);
  } catch {
    throw new PoisonMessage('the event holds a number that cannot be kept as it is');
  }
}

/** Events of an order, oldest first, as they stand after every write that was answered. */
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
