import { ApiGatewayManagementApiClient, DeleteConnectionCommand, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SendMessageCommand, type SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { BatchGetCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { sqs } from './sent-messages';
import type { LiveDelivery, OrderItem } from '../../handlers/shared';
import { MAX_LIVE_SUBSCRIPTIONS } from '../../src/private/contract';

const table = mockClient(DynamoDBDocumentClient);
const connections = mockClient(ApiGatewayManagementApiClient);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests and items of any kind
type Any = any;

/** The AWS services of the handlers of live updates, in memory. */
export class FakeLiveAccount {
  /** The items of the table of live updates. */
  readonly items = new Map<string, Any>();
  readonly orders = new Map<string, OrderItem>();
  readonly files = new Map<string, object>();
  /** The messages that each connection got. */
  readonly sent = new Map<string, Any[]>();
  readonly gone = new Set<string>();
  readonly closed: string[] = [];
  readonly deliveries: LiveDelivery[] = [];
  /** Messages that were sent back to the queue of updates, with their delay. */
  readonly returned: { readonly delivery: LiveDelivery; readonly delay?: number }[] = [];
  /** The number of requests to tables. */
  requests = 0;
  /** A page of a query has so many items. */
  pageSize = Infinity;
  /** Intercepts requests to tables. */
  crossing: (name: string, effect: () => unknown) => unknown;
  /** Throws for a message that API Gateway does not accept. */
  onPost?: (connectionId: string) => void;

  constructor() {
    this.crossing = (_, effect) => effect();
    [table, connections, sqs].forEach((client) => client.reset());
    const answer = (command: Any, effect: (input: Any) => unknown) => table.on(command).callsFake(async (input) => {
      this.requests++;
      return this.crossing(command.name, () => effect(input));
    });
    answer(GetCommand, (input) => this.get(input));
    answer(BatchGetCommand, (input) => this.batchGet(input));
    answer(PutCommand, ({ Item }) => void this.items.set(keyOf(Item), stored(Item)));
    answer(DeleteCommand, ({ Key }) => this.delete(Key));
    answer(UpdateCommand, (input) => this.update(input));
    answer(QueryCommand, (input) => this.query(input));
    connections.on(PostToConnectionCommand).callsFake(async ({ ConnectionId, Data }) =>
      this.post(ConnectionId, JSON.parse(Buffer.from(Data).toString())));
    connections.on(DeleteConnectionCommand).callsFake(async ({ ConnectionId }) => this.close(ConnectionId));
    sqs.on(SendMessageBatchCommand).callsFake(async ({ Entries = [] }: SendMessageBatchCommandInput) => {
      this.deliveries.push(...Entries.map(({ MessageBody }) => JSON.parse(MessageBody!)));
      return { Successful: Entries.map(({ Id }) => ({ Id })) };
    });
    sqs.on(SendMessageCommand).callsFake(async ({ MessageBody, DelaySeconds }) => {
      this.returned.push({ delivery: JSON.parse(MessageBody!), delay: DelaySeconds });
      return {};
    });
  }

  /** The messages that a connection got. */
  messagesOf(connectionId: string): Any[] {
    return this.sent.get(connectionId) ?? [];
  }

  /** The sort keys of a topic. */
  entriesOf(topic: string): string[] {
    return [...this.items.values()].filter((item) => item.topic === topic).map(({ entry }) => entry).sort();
  }

  seed(...orders: OrderItem[]): void {
    for (const order of orders) this.orders.set(order.orderId, order);
  }

  private post(connectionId: string, message: Any): object {
    this.onPost?.(connectionId);
    if (this.gone.has(connectionId)) throw new GoneException({ message: 'gone', $metadata: {} });
    this.sent.set(connectionId, [...this.messagesOf(connectionId), message]);
    return {};
  }

  private close(connectionId: string): object {
    if (this.gone.has(connectionId)) throw new GoneException({ message: 'gone', $metadata: {} });
    this.closed.push(connectionId);
    this.gone.add(connectionId);
    return {};
  }

  private get({ TableName, Key, ConsistentRead }: Any): object {
    if (!ConsistentRead) throw new Error('the answer may be older than the last write');
    if (TableName === 'orders-table') return { Item: this.orders.get(Key.orderId) };
    if (TableName === 'files-table') return { Item: this.files.get(Key.fileId) };
    return { Item: copyOf(this.items.get(keyOf(Key))) };
  }

  private batchGet({ RequestItems }: Any): object {
    const [[TableName, { Keys, ConsistentRead }]] = Object.entries<Any>(RequestItems);
    if (!ConsistentRead) throw new Error('the answer may be older than the last write');
    return { Responses: { [TableName]: Keys.map((key: Any) => this.items.get(keyOf(key))).filter(Boolean) } };
  }

  private delete(key: Any): object {
    const Attributes = this.items.get(keyOf(key));
    this.items.delete(keyOf(key));
    return { Attributes };
  }

  /** The two updates of the handlers: adding a topic to a connection, and removing it. */
  private update({ Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues: { ':topics': topics, ':topic': topic, ':limit': limit } }: Any): object {
    const item = this.items.get(keyOf(Key));
    const known: Set<string> = item?.topics ?? new Set();
    const isAdded = UpdateExpression === 'ADD topics :topics';
    if (isAdded) expect(ConditionExpression).toContain('size(topics) < :limit');
    if (!item || (isAdded && !known.has(topic) && known.size >= limit)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed' });
    }
    if (limit !== undefined) expect(limit).toBe(MAX_LIVE_SUBSCRIPTIONS);
    const left = isAdded ? new Set([...known, ...topics]) : new Set([...known].filter((each) => !topics.has(each)));
    this.items.set(keyOf(Key), { ...item, topics: left });
    return {};
  }

  private query({ TableName, IndexName, ConsistentRead, ExclusiveStartKey, ExpressionAttributeValues: values }: Any): object {
    if (IndexName !== undefined) return { Items: [...this.orders.values()].filter(({ customerShard }: Any) => customerShard === values[':key']) };
    if (TableName !== 'live-table') return { Items: [] };
    if (!ConsistentRead) throw new Error('the answer may be older than the last write');
    const { ':topic': topic, ':first': first, ':last': last } = values;
    const found = [...this.items.values()].filter((item) => item.topic === topic && item.entry >= first && item.entry <= last)
      .filter(({ entry }) => !ExclusiveStartKey || entry > ExclusiveStartKey.entry).sort((one, other) => (one.entry < other.entry ? -1 : 1));
    const Items = found.slice(0, this.pageSize);
    return { Items: Items.map(copyOf), LastEvaluatedKey: Items.length < found.length ? { topic, entry: Items.at(-1).entry } : undefined };
  }
}

const keyOf = ({ topic, entry }: Any): string => `${topic} ${entry}`;
const copyOf = (item: Any): Any => item && { ...item };

/** DynamoDB accepts no undefined values. The client removes them with an option. */
function stored(item: Any): Any {
  for (const [name, value] of Object.entries(item)) if (value === undefined) throw new Error(`${name} is undefined`);
  return item;
}
