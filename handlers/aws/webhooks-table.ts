import {
  ConditionalCheckFailedException, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Webhook, WebhookKey } from '#shared';
import { fromAttributes, toAttributes, type Attributes } from './attribute-values';
import { dynamodb } from './dynamodb';

/** What the table has about a webhook. For a webhook of the props, that is only its state. */
export type WebhookItem = WebhookKey & Partial<Webhook> & { readonly leaseId?: string };

interface Page {
  readonly Items?: Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

/** Lists the webhooks of an owner with strong consistency. */
export async function listWebhookItems(TableName: string, owner: string): Promise<WebhookItem[]> {
  const items: WebhookItem[] = [];
  for (let ExclusiveStartKey; ;) {
    const { Items = [], LastEvaluatedKey }: Page = await dynamodb.send(new QueryCommand({
      TableName,
      ExclusiveStartKey,
      ConsistentRead: true,
      KeyConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: toAttributes({ ':owner': owner }),
    }));
    items.push(...Items.map(toItem));
    if (!LastEvaluatedKey) return items;
    ExclusiveStartKey = LastEvaluatedKey;
  }
}

/** Reads a webhook with strong consistency. */
export async function getWebhookItem(TableName: string, { owner, webhookId }: WebhookKey): Promise<WebhookItem | undefined> {
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: toAttributes({ owner, webhookId }), ConsistentRead: true }));
  return Item && toItem(Item);
}

/** Stores a new webhook; returns the one that is stored already under its ID, if there is one. */
export async function createWebhookItem(TableName: string, webhook: WebhookItem): Promise<WebhookItem | undefined> {
  try {
    await dynamodb.send(new PutItemCommand({
      TableName, Item: toAttributes(webhook), ConditionExpression: 'attribute_not_exists(webhookId)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item) return toItem(error.Item);
    throw error;
  }
}

/** A condition of an update, with the names and values in it. */
export interface UpdateCondition {
  /** Absent for a change in any case, which also creates the item. */
  readonly expression?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Changes fields of a webhook; an undefined field is removed.
 *
 * @returns the webhook after the change; undefined if the condition does not hold.
 */
export async function updateWebhookItem(
  TableName: string, { owner, webhookId }: WebhookKey, changes: Readonly<Record<string, unknown>>, condition: UpdateCondition,
): Promise<WebhookItem | undefined> {
  const names = Object.keys(changes);
  const [set, removed] = [names.filter((name) => changes[name] !== undefined), names.filter((name) => changes[name] === undefined)];
  const clauses = [
    ...(set.length > 0 ? [`SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
  ];
  try {
    const { Attributes } = await dynamodb.send(new UpdateItemCommand({
      TableName,
      Key: toAttributes({ owner, webhookId }),
      UpdateExpression: clauses.join(' '),
      ConditionExpression: condition.expression,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...valuesOf({ ...Object.fromEntries(set.map((name) => [`:${name}`, changes[name]])), ...condition.values }),
      ReturnValues: 'ALL_NEW',
    }));
    return toItem(Attributes!);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** DynamoDB refuses an empty map. */
const valuesOf = (values: Record<string, unknown>) => (Object.keys(values).length > 0 ? { ExpressionAttributeValues: toAttributes(values) } : {});

/** Deletes a webhook; returns whether it existed. */
export async function deleteWebhookItem(TableName: string, { owner, webhookId }: WebhookKey): Promise<boolean> {
  const { Attributes } = await dynamodb.send(new DeleteItemCommand({ TableName, Key: toAttributes({ owner, webhookId }), ReturnValues: 'ALL_OLD' }));
  return Attributes !== undefined;
}

const toItem = (attributes: Attributes): WebhookItem => fromAttributes(attributes) as unknown as WebhookItem;
