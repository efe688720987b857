import {
  ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand,
  type AttributeValue, type GetItemCommandInput, type PutItemCommandInput, type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, AttributeValue>;

const client = mockClient(DynamoDBClient);

/** The table of tasks, in memory. */
export class FakeTasksTable {
  private readonly items = new Map<string, Item>();

  constructor() {
    client.reset();
    client.on(PutItemCommand).callsFake(({ TableName, Item: item }: PutItemCommandInput) => {
      expect(TableName).toBe('tasks-table');
      this.items.set(keyOf(item!), item!);
      return {};
    });
    client.on(GetItemCommand).callsFake(({ Key, ConsistentRead }: GetItemCommandInput) => {
      expect(ConsistentRead).toBe(true);
      return { Item: this.items.get(keyOf(Key!)) };
    });
    client.on(UpdateItemCommand).callsFake((input: UpdateItemCommandInput) => this.answer(input));
  }

  /** A task as JSON values. */
  public get(orderId: string, task: string): Record<string, string> | undefined {
    const item = this.items.get(`${orderId} ${task}`);
    return item && Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? N!]));
  }

  private answer({ Key, ConditionExpression, ExpressionAttributeValues: values }: UpdateItemCommandInput): object {
    expect(ConditionExpression).toBe('attribute_not_exists(#answer) AND #token = :token');
    const item = this.items.get(keyOf(Key!));
    if (!item || item.answer || item.token.S !== values![':token'].S) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {}, Item: item });
    const Attributes = { ...item, answer: values![':answer'] };
    this.items.set(keyOf(Key!), Attributes);
    return { Attributes };
  }
}

const keyOf = ({ orderId, task }: Item): string => `${orderId.S} ${task.S}`;
