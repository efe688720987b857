import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { OrderTask, OrderTaskStore } from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { dynamodb } from './dynamodb';

/** The table of tasks. */
export const taskStore = (TableName: string): OrderTaskStore => ({
  open: (task) => dynamodb.send(new PutItemCommand({ TableName, Item: toAttributes(task) })),
  load: async (orderId, task) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: toAttributes({ orderId, task }), ConsistentRead: true }));
    return Item && toTask(Item);
  },
  answer: (task, answer) => writeAnswer(TableName, task, answer),
});

async function writeAnswer(TableName: string, { orderId, task, token }: OrderTask, answer: string): Promise<OrderTask | undefined> {
  try {
    const { Attributes } = await dynamodb.send(new UpdateItemCommand({
      TableName,
      Key: toAttributes({ orderId, task }),
      UpdateExpression: 'SET #answer = :answer',
      ConditionExpression: 'attribute_not_exists(#answer) AND #token = :token',
      ExpressionAttributeNames: { '#answer': 'answer', '#token': 'token' },
      ExpressionAttributeValues: toAttributes({ ':answer': answer, ':token': token }),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }));
    return toTask(Attributes!);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const current = error.Item && toTask(error.Item);
    return current?.token === token ? current : undefined;
  }
}

const toTask = (item: Attributes): OrderTask => fromAttributes(item) as unknown as OrderTask;
