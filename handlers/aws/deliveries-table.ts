import {
  DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, TransactionCanceledException, TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import {
  deliveryKey, dueKey, duePart, holdKey, type Delivery, type DeliveryItemKey, type DeliveryStore, type DueDelivery, type HeldDelivery,
} from '#shared';
import { fromAttributes, toAttributes } from './attribute-values';
import { deliveryUpdate } from './delivery-update';
import { dynamodb } from './dynamodb';
import { DELIVERY_PARTS } from '../../src/private/contract';

/** Stores a new delivery; returns false if the event was delivered to the webhook, or is pending, before. */
export async function createDelivery(TableName: string, delivery: Delivery): Promise<boolean> {
  return writeTogether([
    { Put: { TableName, Item: toAttributes({ ...delivery, ...deliveryKey(delivery) }), ConditionExpression: 'attribute_not_exists(part)' } },
    putDue(TableName, delivery),
  ]);
}

/**
 * Makes a delivery that is not pending pending again.
 *
 * @returns whether it was not pending, and still is as it was read.
 */
export const restoreDelivery = (TableName: string, delivery: Delivery, dueAt: number, giveUpAt: number): Promise<boolean> => writeTogether([
  deliveryUpdate(TableName, delivery, { status: 'PENDING', dueAt, giveUpAt, finishedAt: undefined, reason: undefined }),
  putDue(TableName, { ...delivery, dueAt, giveUpAt }),
]);

/** The deliveries of webhooks in a table. A delivery and when it is due change together. */
export const deliveryStore = (TableName: string): DeliveryStore => ({
  async listDue(webhookId, Limit) {
    const { Items = [] } = await dynamodb.send(new QueryCommand({
      TableName,
      Limit,
      ConsistentRead: true,
      KeyConditionExpression: 'itemKey = :webhookId AND begins_with(part, :due)',
      ExpressionAttributeValues: toAttributes({ ':webhookId': webhookId, ':due': DELIVERY_PARTS.DUE }),
    }));
    return Items.map((item) => fromAttributes(item) as unknown as DueDelivery);
  },
  async get(webhookId, eventId) {
    return await getItem(TableName, deliveryKey({ webhookId, eventId })) as Delivery | undefined;
  },
  async finish(delivery, { attempt, ...result }) {
    await writeTogether([
      deliveryUpdate(TableName, delivery, { ...result, finishedAt: new Date().toISOString() }, attempt),
      { Delete: { TableName, Key: dueAttributes(delivery) } },
    ]);
  },
  async postpone(due, dueAt, attempt) {
    const postponed = { ...due, dueAt, attemptCount: due.attemptCount + (attempt ? 1 : 0) };
    // A transaction has at most one write of an item.
    const deletion = duePart(due) === duePart(postponed) ? [] : [{ Delete: { TableName, Key: dueAttributes(due) } }];
    await writeTogether([deliveryUpdate(TableName, due, { dueAt }, attempt), ...deletion, putDue(TableName, postponed)]);
  },
  async removeDue(due) {
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: dueAttributes(due) }));
  },
  async getHolds(webhookId, orderKey) {
    const item = await getItem(TableName, holdKey(webhookId, orderKey)) as { readonly held: readonly HeldDelivery[] } | undefined;
    return item?.held ?? [];
  },
  async putHolds(webhookId, orderKey, held) {
    const key = holdKey(webhookId, orderKey);
    const expiresAt = Math.max(...held.map((each) => each.expiresAt));
    await (held.length === 0
      ? dynamodb.send(new DeleteItemCommand({ TableName, Key: toAttributes(key) }))
      : dynamodb.send(new PutItemCommand({ TableName, Item: toAttributes({ ...key, held, expiresAt }) })));
  },
});

/** Reads an item with strong consistency. */
async function getItem(TableName: string, key: DeliveryItemKey): Promise<unknown> {
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: toAttributes(key), ConsistentRead: true }));
  return Item && fromAttributes(Item);
}

const dueAttributes = (due: DueDelivery) => toAttributes(dueKey(due));

function putDue(TableName: string, due: DueDelivery): TransactWriteItem {
  const { webhookId, eventId, orderKey, position, dueAt, giveUpAt, attemptCount, expiresAt } = due;
  const item = { ...dueKey(due), webhookId, eventId, orderKey, position, dueAt, giveUpAt, attemptCount, expiresAt };
  return { Put: { TableName, Item: toAttributes(item) } };
}

/** Returns whether the conditions held. Any other error is one to retry. */
async function writeTogether(TransactItems: TransactWriteItem[]): Promise<boolean> {
  try {
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons ?? [] : [];
    if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed') && reasons.every(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'None')) return false;
    throw error;
  }
}
