import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  Problem, RetryableError, topicOfConnection, type Caller, type LiveConnection, type LivePosition, type LiveSubscription, type LiveTopic,
} from '#shared';
import { documents } from './documents';
import { LIVE_CONNECTION_SECONDS, LIVE_EVENT_SECONDS, MAX_LIVE_SUBSCRIPTIONS } from '../../src/private/contract';

/**
 * The entries of a topic. `WATCHED` exists if anyone subscribed in the last day: events of other topics are neither stored nor sent. `SUBSCRIBER` and
 * `EVENT` are beginnings. A connection has an entry of its own.
 */
const ENTRY = { connection: 'CONNECTION', watched: 'WATCHED', subscriber: 'SUBSCRIBER#', event: 'EVENT#' } as const;

const connectionKey = (connectionId: string) => ({ topic: topicOfConnection(connectionId), entry: ENTRY.connection });
const subscriberKey = (topic: LiveTopic, connectionId: string) => ({ topic, entry: ENTRY.subscriber + connectionId });

/** An event as it was stored for clients that resume. */
export interface StoredLiveEvent {
  readonly position: LivePosition;
  /** The event as JSON. */
  readonly view: string;
  readonly customerId?: string;
}

/** Stores a connection that was opened. */
export const putConnection = (TableName: string, { connectionId, caller, expiresAt }: Omit<LiveConnection, 'topics'>) =>
  documents.send(new PutCommand({ TableName, Item: { ...connectionKey(connectionId), connectionId, caller, expiresAt } }));

/** Reads an open connection. */
export async function getConnection(TableName: string, connectionId: string): Promise<LiveConnection | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: connectionKey(connectionId), ConsistentRead: true }));
  if (!Item) return undefined;
  return { connectionId, caller: Item.caller as Caller, expiresAt: Number(Item.expiresAt), topics: (Item.topics ?? new Set()) as Set<LiveTopic> };
}

/** Deletes a connection with its subscriptions. Returns whether it existed. */
export async function deleteConnection(TableName: string, connectionId: string): Promise<boolean> {
  const { Attributes } = await documents.send(new DeleteCommand({ TableName, Key: connectionKey(connectionId), ReturnValues: 'ALL_OLD' }));
  const topics = [...(Attributes?.topics ?? []) as Set<LiveTopic>];
  await Promise.all(topics.map((topic) => documents.send(new DeleteCommand({ TableName, Key: subscriberKey(topic, connectionId) }))));
  return Attributes !== undefined;
}

/**
 * Subscribes a connection to a topic. Once it returns, every event of the topic that is sent later reaches the connection.
 *
 * @throws Problem when the connection has too many subscriptions, or is over.
 */
export async function putSubscription(
  TableName: string, topic: LiveTopic, { connectionId, caller: { customerId }, expiresAt }: LiveConnection, now: Date,
): Promise<void> {
  await addTopic(TableName, topic, connectionId);
  const subscriber: LiveSubscription = { connectionId, expiresAt, ...(customerId === undefined ? {} : { customerId }) };
  const watched = { topic, entry: ENTRY.watched, expiresAt: Math.floor(now.getTime() / 1000) + LIVE_CONNECTION_SECONDS + LIVE_EVENT_SECONDS };
  const items = [watched, { ...subscriberKey(topic, connectionId), ...subscriber }];
  await Promise.all(items.map((Item) => documents.send(new PutCommand({ TableName, Item }))));
}

/** Records the topic with the connection first, so that the subscription is deleted with the connection. */
async function addTopic(TableName: string, topic: LiveTopic, connectionId: string): Promise<void> {
  try {
    await documents.send(new UpdateCommand({
      TableName,
      Key: connectionKey(connectionId),
      UpdateExpression: 'ADD topics :topics',
      ConditionExpression: 'attribute_exists(topic) AND (attribute_not_exists(topics) OR contains(topics, :topic) OR size(topics) < :limit)',
      ExpressionAttributeValues: { ':topics': new Set([topic]), ':topic': topic, ':limit': MAX_LIVE_SUBSCRIPTIONS },
    }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new Problem(409, 'too-many-subscriptions', `a connection has at most ${MAX_LIVE_SUBSCRIPTIONS} subscriptions; unsubscribe, or open another connection`);
  }
}

/** Ends a subscription. */
export async function deleteSubscription(TableName: string, topic: LiveTopic, connectionId: string): Promise<void> {
  await documents.send(new DeleteCommand({ TableName, Key: subscriberKey(topic, connectionId) }));
  await documents.send(new UpdateCommand({
    TableName,
    Key: connectionKey(connectionId),
    UpdateExpression: 'DELETE topics :topics',
    ConditionExpression: 'attribute_exists(topic)',
    ExpressionAttributeValues: { ':topics': new Set([topic]) },
  })).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}

/** Returns the topics, out of a few, to which anyone subscribed in the last day. */
export async function watchedTopics(TableName: string, topics: readonly LiveTopic[]): Promise<Set<LiveTopic>> {
  const Keys = topics.map((topic) => ({ topic, entry: ENTRY.watched }));
  const { Responses, UnprocessedKeys } = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));
  if ((UnprocessedKeys?.[TableName]?.Keys ?? []).length > 0) throw new RetryableError('LiveUpdatesUnavailable', 'DynamoDB did not return all topics');
  return new Set((Responses?.[TableName] ?? []).map(({ topic }) => topic as LiveTopic));
}

/** Stores an event for clients that resume. */
export function putLiveEvent(TableName: string, topic: LiveTopic, { position, ...event }: StoredLiveEvent, now: Date) {
  const expiresAt = Math.floor(now.getTime() / 1000) + LIVE_EVENT_SECONDS;
  return documents.send(new PutCommand({ TableName, Item: { topic, entry: ENTRY.event + position, ...event, expiresAt } }));
}

/** Reads the events of a topic from a position on, oldest first. */
export async function* liveEventsFrom(TableName: string, topic: LiveTopic, from: LivePosition): AsyncGenerator<StoredLiveEvent> {
  for await (const { entry, view, customerId } of entriesOf(TableName, topic, ENTRY.event + from, `${ENTRY.event}~`)) {
    const position = String(entry).slice(ENTRY.event.length);
    yield { position, view: String(view), ...(customerId === undefined ? {} : { customerId: String(customerId) }) };
  }
}

/** Reads the subscribers of a topic, strongly consistent. */
export const subscribersOf = (TableName: string, topic: LiveTopic): AsyncGenerator<LiveSubscription> =>
  entriesOf(TableName, topic, ENTRY.subscriber, `${ENTRY.subscriber}~`) as AsyncGenerator<unknown> as AsyncGenerator<LiveSubscription>;

async function* entriesOf(TableName: string, topic: LiveTopic, first: string, last: string): AsyncGenerator<Record<string, unknown>> {
  for (let start: Record<string, unknown> | undefined; ;) {
    const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand({
      TableName,
      KeyConditionExpression: 'topic = :topic AND entry BETWEEN :first AND :last',
      ExpressionAttributeValues: { ':topic': topic, ':first': first, ':last': last },
      ConsistentRead: true,
      ExclusiveStartKey: start,
    }));
    yield* Items;
    start = LastEvaluatedKey;
    if (!start) return;
  }
}
