import {
  ConditionalCheckFailedException, type AttributeValue, type BatchGetItemCommandInput, type PutItemCommandInput, type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { assertAllUsed } from './dynamodb-expressions';
import { fromAttributes, toAttributes, type Attributes } from '../../handlers/aws/attribute-values';
import type { HistoryPageKey, HistoryRecord } from '../../handlers/shared';

/** DynamoDB's limits of an item, and of a response of BatchGetItem. */
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_LEVELS = 32;

/** The history table in memory, with its index by time, which contains keys only. */
export class FakeHistoryTable {
  readonly records: HistoryRecord[] = [];
  /** The most items that a response of BatchGetItem contains. */
  mostAtOnce = 100;

  put({ TableName, Item, ConditionExpression }: PutItemCommandInput) {
    expect([TableName, ConditionExpression]).toEqual(['history-table', 'attribute_not_exists(eventId)']);
    const record = fromAttributes(Item!) as unknown as HistoryRecord;
    if (isTooLarge(record) || levelsOf({ M: Item! }) > MAX_LEVELS) throw Object.assign(new Error('not storable'), { name: 'ValidationException' });
    if (this.records.some((each) => hasKey(each, record))) throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed' });
    this.records.push(record);
    return {};
  }

  query(input: QueryCommandInput) {
    const { TableName, IndexName, KeyConditionExpression, ConsistentRead, Limit = Infinity, ExclusiveStartKey, ...placeholders } = input;
    expect([TableName, IndexName, KeyConditionExpression, ConsistentRead]).toEqual(['history-table', 'byTime', '#orderId = :orderId', true]);
    assertAllUsed(placeholders, KeyConditionExpression);
    const { S: partition } = placeholders.ExpressionAttributeValues![':orderId'];
    const found = this.records.filter(({ orderId }) => orderId === partition).map(keysOf).sort(oldestFirst);
    const after = ExclusiveStartKey && (fromAttributes(ExclusiveStartKey) as HistoryPageKey);
    const rest = after ? found.filter((key) => oldestFirst(key, after) > 0) : found;
    const Items = rest.slice(0, Limit).map(toAttributes);
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    return { Items, ...(Items.length === Limit ? { LastEvaluatedKey: Items.at(-1) } : {}) };
  }

  /** Returns the items in any order. */
  batchGet({ RequestItems = {} }: BatchGetItemCommandInput) {
    const { Keys = [], ConsistentRead } = RequestItems['history-table'];
    expect(ConsistentRead).toBe(true);
    if (Keys.length < 1 || Keys.length > 100) throw Object.assign(new Error('the number of keys is not valid'), { name: 'ValidationException' });
    const wanted = (Keys as Attributes[]).slice(0, this.mostAtOnce).map((key) => fromAttributes(key) as unknown as HistoryPageKey);
    const items = this.records.filter((record) => wanted.some((key) => hasKey(record, key))).map(toAttributes);
    const rest = Keys.slice(this.mostAtOnce);
    return { Responses: { 'history-table': items.reverse() }, UnprocessedKeys: rest.length > 0 ? { 'history-table': { Keys: rest } } : {} };
  }
}

type Keys = Pick<HistoryRecord, 'orderId' | 'eventId'>;
const hasKey = (record: Keys, { orderId, eventId }: Keys): boolean => record.orderId === orderId && record.eventId === eventId;
const keysOf = ({ orderId, eventId, listKey }: HistoryRecord): HistoryPageKey => ({ orderId, eventId, listKey });
const oldestFirst = (one: HistoryPageKey, other: HistoryPageKey): number => Buffer.compare(Buffer.from(one.listKey), Buffer.from(other.listKey));

/** The item and its entry in the index share the limit. The size of JSON is close to that of an item. */
const isTooLarge = (record: HistoryRecord): boolean => bytesOf(record) + bytesOf(keysOf(record)) > MAX_ITEM_BYTES;

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));

const levelsOf = ({ M, L }: AttributeValue): number => {
  const values = M ? Object.values(M) : L;
  return values ? 1 + Math.max(0, ...values.map(levelsOf)) : 0;
};
