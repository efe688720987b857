import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SequenceRecord, SequenceStore } from '#shared';
import { documents } from './documents';

/** The sequence table: an item for every sequence number of every order. */
export const sequenceStore = (TableName: string): SequenceStore => ({
  list: async (orderId, below) => {
    const { Items = [] } = await documents.send(new QueryCommand({
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
      await documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(orderId)' }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
  saveHookResult: async (orderId, sequence, hookResult) => {
    const { Attributes } = await documents.send(new UpdateCommand({
      TableName,
      Key: { orderId, sequence },
      UpdateExpression: 'SET hookResult = if_not_exists(hookResult, :hookResult)',
      ExpressionAttributeValues: { ':hookResult': hookResult },
      ReturnValues: 'ALL_NEW',
    }));
    return (Attributes as SequenceRecord).hookResult!;
  },
});

/** One read of 4 KB, and more commands than most orders get. Further pages have no limit but DynamoDB's. */
const FIRST_PAGE = 25;
