import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ConfirmedItem, OrderItem } from '#shared';

const table = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Writes an item under its condition. Returns the order that stands in the way, if one does. */
export async function putOrder(request: PutCommandInput): Promise<ConfirmedItem | undefined> {
  try {
    await table.send(new PutCommand(request));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return unmarshall(error.Item ?? {}) as ConfirmedItem;
    throw error;
  }
}

/** Reads an order as it stands after every write that was answered. */
export async function getOrder(TableName: string, orderId: string): Promise<OrderItem | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }));
  return Item as OrderItem | undefined;
}
