import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SequenceRecord, SequenceStore } from '#shared';
import { clientConfig } from './client-config';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()), { marshallOptions: { removeUndefinedValues: true } });

/** The sequence table: an item for every place in the line of every order's commands. */
export const sequenceStore = (TableName: string): SequenceStore => ({
  list: async (orderId, below) => {
    const { Items = [] } = await table.send(new QueryCommand({
      TableName,
      KeyConditionExpression: `orderId = :orderId${below === undefined ? '' : ' AND #sequence < :below'}`,
      ...(below === undefined ? {} : { ExpressionAttributeNames: { '#sequence': 'sequence' } }),
      ExpressionAttributeValues: { ':orderId': orderId, ...(below === undefined ? {} : { ':below': below }) },
      ScanIndexForward: false,
      ...(below === undefined ? { Limit: FIRST_PAGE } : {}),
      ConsistentRead: true,
    }));
    return Items as SequenceRecord[];
  },
  claim: async (Item) => {
    try {
      await table.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(orderId)' }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
  saveHookResult: async (orderId, sequence, verdict) => {
    const { Attributes } = await table.send(new UpdateCommand({
      TableName,
      Key: { orderId, sequence },
      UpdateExpression: 'SET verdict = if_not_exists(verdict, :verdict)',
      ExpressionAttributeValues: { ':verdict': verdict },
      ReturnValues: 'ALL_NEW',
    }));
    return (Attributes as SequenceRecord).verdict!;
  },
});

/** One read of 4 KB, and more commands than most orders ever get. Whoever has to look further back takes as much as there is at once. */
const FIRST_PAGE = 25;
