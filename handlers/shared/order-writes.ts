import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ConfirmedItem, RejectedItem } from './order-item';

const NAMES = { '#status': 'status' };

/** Stores a confirmed order unless its id is taken; the memory of a rejected order gives way. */
export const putConfirmed = (TableName: string, Item: ConfirmedItem): PutCommandInput => ({
  TableName,
  Item,
  ConditionExpression: 'attribute_not_exists(orderId) OR #status = :rejected',
  ExpressionAttributeNames: NAMES,
  ExpressionAttributeValues: { ':rejected': 'REJECTED' },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** Remembers a rejection unless there is an order, or the memory of a later rejection. */
export const putRejected = (TableName: string, Item: RejectedItem): PutCommandInput => ({
  TableName,
  Item,
  ConditionExpression: 'attribute_not_exists(orderId) OR (#status = :rejected AND lastCommand.#sequence < :sequence)',
  ExpressionAttributeNames: { ...NAMES, '#sequence': 'sequence' },
  ExpressionAttributeValues: { ':rejected': 'REJECTED', ':sequence': Item.lastCommand.sequence },
});
