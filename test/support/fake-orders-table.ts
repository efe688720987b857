import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand, type GetCommandInput, type PutCommandInput, type QueryCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall, type marshallOptions } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { assertAllUsed, meets, updated, type Item } from './dynamodb-expressions';
import { toAttributes } from '../../handlers/aws/attribute-values';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';
import { ORDERS_BY_PENDING_UNTIL, SEQUENCE_KEYS } from '../../src/private/contract';

/** DynamoDB as a handler meets it. */
export const tables = mockClient(DynamoDBDocumentClient);

/** Requests with attributes instead of values. */
export const dynamodb = mockClient(DynamoDBClient);

const LARGEST_ITEM = 400 * 1024;
const SORT_KEYS: Record<string, string> = { [ORDERS_BY_PENDING_UNTIL.indexName]: ORDERS_BY_PENDING_UNTIL.sortKey, 'sequence-table': SEQUENCE_KEYS.sortKey };

/** What a request meets on its way. `effect` does what it asks, and gives the answer. */
type Crossing = (name: 'get' | 'put' | 'query' | 'update', input: Item, effect: () => unknown) => unknown;

/** The orders table and the sequence table in memory: every condition is evaluated, and what DynamoDB would not store is an error. */
export class FakeOrdersTable {
  /** Every write that was tried, whatever became of it. */
  readonly puts: Item[] = [];
  /** A test may stand in the way of a request: before its effect, or of its answer. */
  crossing: Crossing;
  private readonly items: Record<string, Map<string, Item>> = { 'orders-table': new Map(), 'sequence-table': new Map() };

  constructor() {
    this.crossing = (_, __, effect) => effect();
    [tables, dynamodb].forEach((each) => each.reset());
    dynamodb.on(PutItemCommand).callsFake(async (input) => {
      const document = toDocumentInput(input);
      return this.crossing('put', document, () => (document.TableName === 'orders-table' ? this.put(document) : {}));
    });
    tables.on(GetCommand).callsFake(async (input) => this.crossing('get', input, () => this.get(input)));
    tables.on(UpdateCommand).callsFake(async (input) => this.crossing('update', input, () => this.update(input)));
    tables.on(QueryCommand).callsFake(async (input) => this.crossing('query', input, () => this.query(input)));
    tables.on(PutCommand).callsFake(async (input, getClient) => {
      const { marshallOptions: options } = (getClient() as unknown as DynamoDBDocumentClient).config.translateConfig ?? {};
      return this.crossing('put', input, () => this.put(input, options));
    });
  }

  order(orderId = 'order-1'): OrderItem | undefined {
    return this.items['orders-table'].get(orderId) as OrderItem | undefined;
  }

  /** The sequence numbers of an order, the first one first. */
  places(orderId = 'order-1'): SequenceRecord[] {
    return ([...this.items['sequence-table'].values()] as unknown as SequenceRecord[])
      .filter((record) => record.orderId === orderId).sort((one, other) => one.sequence - other.sequence);
  }

  /** Stores an order. */
  seed(...items: OrderItem[]): void {
    for (const item of items) this.items['orders-table'].set(item.orderId, JSON.parse(JSON.stringify(item)) as Item);
  }

  /** Stores sequence numbers. */
  seedPlaces(...records: SequenceRecord[]): void {
    for (const record of records) this.items['sequence-table'].set(keyOf('sequence-table', { ...record }), { ...record });
  }

  private put(input: Item & PutCommandInput, options?: marshallOptions) {
    const { TableName, Item: item = {}, ConditionExpression, ReturnValuesOnConditionCheckFailure, ...request } = input;
    assertAllUsed(request, ConditionExpression);
    const written = TableName === 'orders-table' ? checked(item) : stored(item, options);
    this.puts.push(written);
    const current = this.items[TableName!].get(keyOf(TableName!, item));
    if (!meets(current, ConditionExpression!, request)) {
      const Item = current && ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? toAttributes(current) : undefined;
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed', ...(Item ? { Item } : {}) });
    }
    this.items[TableName!].set(keyOf(TableName!, item), written);
    return {};
  }

  private update({ TableName, Key, UpdateExpression, ReturnValues, ...request }: UpdateCommandInput) {
    assertAllUsed(request, UpdateExpression);
    const item = stored(updated(this.items[TableName!].get(keyOf(TableName!, Key!)) ?? Key!, UpdateExpression!, request));
    this.items[TableName!].set(keyOf(TableName!, Key!), item);
    return ReturnValues === 'ALL_NEW' ? { Attributes: item } : {};
  }

  private get({ TableName, Key, ConsistentRead }: GetCommandInput) {
    if (!ConsistentRead) throw new Error('the answer may be older than the last write');
    return { Item: this.items[TableName!].get(keyOf(TableName!, Key!)) };
  }

  private query(input: QueryCommandInput) {
    const { TableName, IndexName, KeyConditionExpression, ScanIndexForward = true, Limit = Infinity, ConsistentRead, ...request } = input;
    assertAllUsed(request, KeyConditionExpression);
    if (!IndexName && !ConsistentRead) throw new Error('the answer may be older than the last write');
    const sortKey = SORT_KEYS[IndexName ?? TableName!];
    const found = [...this.items[TableName!].values()].filter((item) => meets(item, KeyConditionExpression!, request));
    const sorted = found.sort((one, other) => Number(one[sortKey]) - Number(other[sortKey]));
    return { Items: (ScanIndexForward ? sorted : sorted.reverse()).slice(0, Limit) };
  }
}

const keyOf = (TableName: string, { orderId, sequence }: Item): string => (TableName === 'orders-table' ? String(orderId) : `${String(orderId)} ${String(sequence)}`);

/** A request with attributes as a request with values. */
const toDocumentInput = ({ Item: item, ExpressionAttributeValues, ...input }: PutItemCommandInput): Item & PutCommandInput => ({
  ...input,
  Item: unmarshall(item!),
  ...(ExpressionAttributeValues ? { ExpressionAttributeValues: unmarshall(ExpressionAttributeValues) } : {}),
} as Item & PutCommandInput);

/** What the document client makes of an item, with the options of the handler's own. */
function stored(item: object, options?: marshallOptions): Item {
  return checked(unmarshall(marshall(item, options)));
}

function checked(item: Item): Item {
  if (JSON.stringify(item).length > LARGEST_ITEM) throw new Error('ValidationException: Item size has exceeded the maximum allowed size');
  return item;
}
