import {
  ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactionCanceledException,
  TransactWriteItemsCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { assertAllUsed } from './dynamodb-expressions';
import { fromAttributes, toAttributes } from '../../handlers/aws/attribute-values';

type Item = Record<string, unknown>;
/* eslint-disable @typescript-eslint/no-explicit-any -- requests of any command */

/** The keys of a table and of its indexes. */
export interface TableKeys {
  readonly partitionKey: string;
  readonly sortKey: string;
}

type Failure = (command: string, input: any) => void;

/** Tables in memory behind the client of DynamoDB. They evaluate every condition; an unknown expression is an error. */
export class FakeTables {
  public readonly client = mockClient(DynamoDBClient);
  public readonly items = new Map<string, Item>();
  /** Throws for requests that are to fail. */
  public failure: Failure;

  constructor(private readonly keys: Readonly<Record<string, TableKeys>>, private readonly indexes: Readonly<Record<string, TableKeys>> = {}) {
    this.failure = () => undefined;
    this.client.reset();
    const answers: [any, (input: any) => object][] = [
      [GetItemCommand, (input) => this.get(input)],
      [PutItemCommand, (input) => this.write(input, 'Put')],
      [UpdateItemCommand, (input) => this.write(input, 'Update')],
      [DeleteItemCommand, (input) => this.write(input, 'Delete')],
      [QueryCommand, (input) => this.query(input)],
      [TransactWriteItemsCommand, (input) => this.transact(input)],
    ];
    for (const [command, answer] of answers) {
      this.client.on(command).callsFake(async (input: any) => {
        await undefined;
        this.failure(command.name, input);
        return answer(input);
      });
    }
  }

  public itemsOf(table: string): Item[] {
    return [...this.items].filter(([key]) => key.startsWith(`${table}|`)).map(([, item]) => item);
  }

  private keyOf(table: string, item: Item): string {
    const { partitionKey, sortKey } = this.keys[table];
    return [table, item[partitionKey], item[sortKey]].join('|');
  }

  private get({ TableName, Key, ConsistentRead }: any): object {
    if (!ConsistentRead) throw new Error('The response may be older than the last write.');
    const item = this.items.get(this.keyOf(TableName, fromAttributes(Key)));
    return { Item: item && toAttributes(item) };
  }

  private write(input: any, kind: 'Put' | 'Update' | 'Delete', isDry = false): object {
    const { TableName, ConditionExpression, UpdateExpression } = input;
    const given = fromAttributes(kind === 'Put' ? input.Item : input.Key);
    const key = this.keyOf(TableName, given);
    const before = this.items.get(key);
    const values = fromAttributes(input.ExpressionAttributeValues ?? {});
    const names: Record<string, string> = input.ExpressionAttributeNames ?? {};
    assertAllUsed(input, ConditionExpression, UpdateExpression);
    if (ConditionExpression && !new Condition(ConditionExpression, names, values).holdsFor(before)) {
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed', $metadata: {}, ...(input.ReturnValuesOnConditionCheckFailure && before ? { Item: toAttributes(before) } : {}),
      });
    }
    if (isDry) return {};
    if (kind === 'Delete') this.items.delete(key);
    else this.items.set(key, kind === 'Put' ? given : updated(before ?? given, UpdateExpression, names, values));
    const returned = input.ReturnValues === 'ALL_OLD' ? before : this.items.get(key);
    return { Attributes: input.ReturnValues && returned ? toAttributes(returned) : undefined };
  }

  private transact({ TransactItems }: any): object {
    const writes: [any, 'Put'][] = TransactItems.map((each: any) => Object.entries<any>(each)[0]).map(([kind, input]: [any, any]) => [input, kind]);
    const keys = writes.map(([{ TableName, Item, Key }]) => this.keyOf(TableName, fromAttributes(Item ?? Key)));
    if (new Set(keys).size < keys.length) throw new Error('Transaction request cannot include multiple operations on one item');
    const CancellationReasons = writes.map(([input, kind]) => {
      try {
        this.write(input, kind, true);
        return { Code: 'None' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { Code: 'ConditionalCheckFailed' };
      }
    });
    if (CancellationReasons.some(({ Code }) => Code !== 'None')) throw new TransactionCanceledException({ message: 'canceled', $metadata: {}, CancellationReasons });
    for (const [input, kind] of writes) this.write(input, kind);
    return {};
  }

  private query(input: any): object {
    const { TableName, IndexName, KeyConditionExpression, FilterExpression, Limit = Infinity, ScanIndexForward = true, ExclusiveStartKey } = input;
    if (!IndexName && !input.ConsistentRead) throw new Error('The response may be older than the last write.');
    assertAllUsed(input, KeyConditionExpression, FilterExpression);
    const [names, values] = [input.ExpressionAttributeNames ?? {}, fromAttributes(input.ExpressionAttributeValues)];
    const { sortKey } = IndexName ? this.indexes[IndexName] : this.keys[TableName];
    const condition = new Condition(KeyConditionExpression, names, values);
    const [, bound] = /^#?\w+ = (:\w+)/.exec(KeyConditionExpression)!;
    const prefix = IndexName ? `${TableName}|` : `${TableName}|${values[bound]}|`;
    const candidates = [...this.items].filter(([key]) => key.startsWith(prefix)).map(([, item]) => item);
    const sorted = candidates
      .filter((item) => item[sortKey] !== undefined && condition.holdsFor(item))
      .sort((one, other) => (String(one[sortKey]) < String(other[sortKey]) ? -1 : 1));
    if (!ScanIndexForward) sorted.reverse();
    const start = ExclusiveStartKey ? sorted.findIndex((item) => item[sortKey] === fromAttributes(ExclusiveStartKey)[sortKey]) + 1 : 0;
    const page = sorted.slice(start, start + Limit);
    const shown = FilterExpression ? page.filter((item) => new Condition(FilterExpression, names, values).holdsFor(item)) : page;
    const last = start + Limit < sorted.length || page.length === Limit ? page.at(-1) : undefined;
    const { partitionKey, sortKey: ownSortKey } = this.keys[TableName];
    const lastKey = last && { [partitionKey]: last[partitionKey], [ownSortKey]: last[ownSortKey], [sortKey]: last[sortKey] };
    return { Items: shown.map((item) => toAttributes(item)), LastEvaluatedKey: lastKey && toAttributes(lastKey) };
  }
}

/** An item after `SET #a = :a, #b = :b REMOVE #c`. */
function updated(item: Item, expression: string, names: Record<string, string>, values: Item): Item {
  const [, set = '', remove = ''] = /^(?:SET (.*?))? ?(?:REMOVE (.*))?$/.exec(expression)!;
  const removed = remove.split(', ').map((name) => names[name]);
  const assigned = set === '' ? [] : set.split(', ').map((assignment) => assignment.split(' = ')).map(([name, value]) => [names[name], values[value]]);
  return Object.fromEntries([...Object.entries(item).filter(([name]) => !removed.includes(name)), ...assigned]);
}

const RESERVED = ['status', 'owner', 'url', 'name', 'state'];

/** `a = :v AND (b < :w OR attribute_not_exists(c))`, as far as webhooks need it. */
class Condition {
  private tokens: string[] = [];

  constructor(private readonly expression: string, private readonly names: Record<string, string>, private readonly values: Item) {}

  public holdsFor(item: Item | undefined): boolean {
    this.tokens = this.expression.match(/\w+\(\w[^)]*\)|\(|\)|<>|<=|>=|[=<>]|[#:]?\w+/g) ?? [];
    const result = this.or(item);
    if (this.tokens.length > 0) throw new Error(`this condition is not known here: ${this.expression}`);
    return result;
  }

  private or(item: Item | undefined): boolean {
    let result = this.and(item);
    while (this.tokens[0] === 'OR') { this.tokens.shift(); result = this.and(item) || result; }
    return result;
  }

  private and(item: Item | undefined): boolean {
    let result = this.one(item);
    while (this.tokens[0] === 'AND') { this.tokens.shift(); result = this.one(item) && result; }
    return result;
  }

  private one(item: Item | undefined): boolean {
    const token = this.tokens.shift()!;
    if (token === '(') {
      const result = this.or(item);
      this.tokens.shift();
      return result;
    }
    const [, name, first, second] = /^(\w+)\(([#\w]+)(?:, (:\w+))?\)$/.exec(token) ?? [];
    if (name === 'attribute_exists') return this.fieldOf(item, first) !== undefined;
    if (name === 'attribute_not_exists') return this.fieldOf(item, first) === undefined;
    if (name === 'begins_with') return String(this.fieldOf(item, first)).startsWith(String(this.values[second]));
    const [operator, bound] = [this.tokens.shift()!, this.values[this.tokens.shift()!] as number];
    const value = this.fieldOf(item, token) as number;
    if (operator === '=') return value === bound;
    if (operator === '<>') return value !== bound;
    // Nothing is above or below a missing attribute.
    if (value === undefined) return false;
    return { '<': value < bound, '<=': value <= bound, '>': value > bound, '>=': value >= bound }[operator]!;
  }

  private fieldOf(item: Item | undefined, name: string): unknown {
    if (RESERVED.includes(name)) throw new Error(`ValidationException: reserved word ${name}`);
    return item?.[name.startsWith('#') ? this.names[name] : name];
  }
}
