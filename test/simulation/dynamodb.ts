import { ConditionalCheckFailedException, type PutItemCommandInput, type QueryCommandInput as ItemQuery } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, PutCommandInput, QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall, type marshallOptions } from '@aws-sdk/util-dynamodb';
import type { IndexSettings, TableSettings } from './deployment';
import { assertItemFits } from './limits';
import type { World } from './requests';
import { assertAllUsed, meets, updated, type Item } from '../support/dynamodb-expressions';

/** An item before and after a write; a deletion has no item after it. */
export interface Images {
  readonly before?: Item;
  readonly after?: Item;
}

/** A write with its time. */
export interface Write extends Images {
  readonly at: number;
}

/** A request with attributes as a request with values. */
export const documentInput = ({ Item: item = {}, ExpressionAttributeValues: values, ...input }: PutItemCommandInput): PutCommandInput => ({
  ...input, Item: unmarshall(item), ...(values ? { ExpressionAttributeValues: unmarshall(values) } : {}),
} as PutCommandInput);

/** A query with attributes as one with values. */
export const documentQuery = ({ ExpressionAttributeValues: values = {}, ExclusiveStartKey: start, ...input }: ItemQuery): QueryCommandInput => ({
  ...input, ExpressionAttributeValues: unmarshall(values), ...(start ? { ExclusiveStartKey: unmarshall(start) } : {}),
});

/** A page of values as one of attributes. */
export const attributePage = ({ Items, LastEvaluatedKey: last }: { readonly Items: readonly unknown[]; readonly LastEvaluatedKey?: object }) =>
  ({ Items: Items.map((item) => marshall(item)), ...(last ? { LastEvaluatedKey: marshall(last) } : {}) });

/** A table in memory. It evaluates every condition; its indexes are up to two seconds behind. */
export class Table {
  readonly items = new Map<string, Item>();
  readonly writes: Write[] = [];
  /** The deleted items. */
  readonly deleted = new Map<string, Item>();
  /** The items as the indexes have them. */
  readonly indexed = new Map<string, Item>();
  private readonly hasIndexes: boolean;
  /** The keys of the items of each partition. */
  private readonly partitions = new Map<unknown, Set<string>>();

  constructor(
    readonly name: string,
    readonly settings: TableSettings,
    private readonly world: World,
    private readonly written: (write: Write) => void,
  ) {
    this.hasIndexes = Object.keys(settings.indexes).length > 0;
  }

  put(input: PutCommandInput, options?: marshallOptions) {
    const { Item: given = {}, ConditionExpression, ReturnValuesOnConditionCheckFailure, TableName, ...request } = input;
    assertAllUsed(request, ConditionExpression);
    this.check(this.keyOf(given), ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    this.write(copyOf(given, options) as Item);
    return {};
  }

  /** Puts an item as a PartiQL statement does, unless the table has one with its key. */
  insert({ Item = {} }: PutCommandInput) {
    if (this.items.has(this.keyOf(Item))) return { Error: { Code: 'DuplicateItem' } };
    this.write(copyOf(Item) as Item);
    return { TableName: this.name };
  }

  update(input: UpdateCommandInput) {
    const { Key = {}, UpdateExpression, ConditionExpression, ReturnValuesOnConditionCheckFailure, TableName, ReturnValues, ...request } = input;
    assertAllUsed(request, UpdateExpression, ConditionExpression);
    const key = this.keyOf(Key);
    this.check(key, ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    const before = this.items.get(key);
    const item = copyOf(keptFirst(before, UpdateExpression!, request) ?? updated(before ?? Key, UpdateExpression!, request)) as Item;
    this.write(item);
    return { Attributes: copyOf(item) };
  }

  get({ Key = {}, ConsistentRead }: GetCommandInput) {
    if (!ConsistentRead) throw new Error('The response may be older than the last write.');
    const item = this.items.get(this.keyOf(Key));
    return { Item: item && copyOf(item) };
  }

  query(input: QueryCommandInput) {
    const { TableName, IndexName, ConsistentRead, KeyConditionExpression, ...paging } = input;
    const { ScanIndexForward = true, Limit = Infinity, ExclusiveStartKey, ...request } = paging;
    assertAllUsed(request, KeyConditionExpression);
    if (!IndexName && !ConsistentRead) throw new Error('The response may be older than the last write.');
    const index = IndexName === undefined ? undefined : this.settings.indexes[IndexName] ?? this.settings.localIndexes[IndexName];
    if (IndexName !== undefined && !index) throw new Error(`The table does not have the index ${IndexName}.`);
    const isGlobal = IndexName !== undefined && IndexName in this.settings.indexes;
    const candidates = isGlobal ? [...this.indexed.values()] : this.partition(KeyConditionExpression!, request);
    const found = candidates.filter((item) => meets(item, KeyConditionExpression!, request));
    const sortKey = (index ?? this.settings).sortKey!;
    const order = (one: Item, other: Item) => compare(one[sortKey], other[sortKey]) * (ScanIndexForward ? 1 : -1);
    found.sort(order);
    const rest = ExclusiveStartKey ? found.filter((item) => order(item, ExclusiveStartKey) > 0) : found;
    const page = rest.slice(0, Limit);
    const Items = page.map((item) => copyOf(index ? this.projected(item, index) : item));
    if (page.length < Limit) return { Items };
    const last = page.at(-1)!;
    const keys = [this.settings, ...(index ? [index] : [])].flatMap((each) => [each.partitionKey, each.sortKey ?? each.partitionKey]);
    return { Items, LastEvaluatedKey: Object.fromEntries(keys.map((name) => [name, last[name]])) };
  }

  /** Deletes an item as time to live does. */
  delete(key: string): void {
    const before = this.items.get(key)!;
    this.items.delete(key);
    this.partitions.get(before[this.settings.partitionKey])?.delete(key);
    this.indexed.delete(key);
    this.deleted.set(key, before);
    const write = { at: this.world.clock.now, before };
    this.writes.push(write);
    this.written(write);
  }

  private write(after: Item): void {
    const { clock, randomStreams } = this.world;
    const key = this.keyOf(after);
    assertItemFits(after);
    const write = { at: clock.now, before: this.items.get(key), after };
    this.items.set(key, after);
    const partition = after[this.settings.partitionKey];
    this.partitions.set(partition, (this.partitions.get(partition) ?? new Set()).add(key));
    this.writes.push(write);
    this.written(write);
    if (this.hasIndexes) clock.after(randomStreams.of('index').below(2000), () => { this.index(key); });
  }

  /** The items of the partition of a key condition. */
  private partition(condition: string, { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Partial<QueryCommandInput>): Item[] {
    const [, name = '', value = ''] = /^(\S+) = (:\w+)/.exec(condition) ?? [];
    if ((ExpressionAttributeNames[name] ?? name) !== this.settings.partitionKey) throw new Error(`A query needs the partition key ${this.settings.partitionKey} first: ${condition}`);
    return [...this.partitions.get(ExpressionAttributeValues[value]) ?? []].map((key) => this.items.get(key)!);
  }

  private index(key: string): void {
    const item = this.items.get(key);
    if (item) this.indexed.set(key, item);
  }

  private projected(item: Item, { partitionKey, sortKey, projected }: IndexSettings): Item {
    if (!projected) return item;
    const names = new Set([this.settings.partitionKey, this.settings.sortKey, partitionKey, sortKey, ...projected]);
    return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
  }

  private check(key: string, condition: string | undefined, request: object, returns: string | undefined): void {
    const item = this.items.get(key);
    if (condition === undefined || meets(item, condition, request)) return;
    throw new ConditionalCheckFailedException({
      $metadata: {}, message: 'the condition failed', ...(item && returns === 'ALL_OLD' ? { Item: marshall(item) } : {}),
    });
  }

  readonly keyOf = (item: Item): string => {
    const { partitionKey, sortKey } = this.settings;
    return sortKey === undefined ? String(item[partitionKey]) : `${String(item[partitionKey])} ${String(item[sortKey])}`;
  };
}

/** Compares sort keys: numbers by their value, texts by their characters. */
const compare = (one: unknown, other: unknown): number =>
  (typeof one === 'string' && typeof other === 'string' ? Number(one > other) - Number(one < other) : Number(one) - Number(other));

/** An item after `SET a = if_not_exists(a, :v)`; undefined for another expression. */
function keptFirst(item: Item | undefined, expression: string, { ExpressionAttributeValues = {} }: Partial<UpdateCommandInput>): Item | undefined {
  const [, name, value] = /^SET (\w+) = if_not_exists\(\1, (:\w+)\)$/.exec(expression) ?? [];
  return name ? { ...item, [name]: item?.[name] ?? ExpressionAttributeValues[value] } : undefined;
}

/** Copies a value as the document client does: it leaves out undefined values with `removeUndefinedValues`, and throws without. */
function copyOf(value: unknown, options?: marshallOptions): unknown {
  if (Array.isArray(value)) return value.map((each) => copyOf(each, options));
  if (value instanceof Date || typeof value === 'function' || Number.isNaN(value)) throw new Error('DynamoDB cannot store this value.');
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return new Uint8Array(value);
  const copy: Item = {};
  for (const name in value) {
    const entry = (value as Item)[name];
    if (entry !== undefined) copy[name] = copyOf(entry, options);
    else if (!options?.removeUndefinedValues) throw new Error(`The value of ${name} is undefined.`);
  }
  return copy;
}
