import { ConditionalCheckFailedException, type AttributeValue, type PutItemCommandInput, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { assertAllUsed } from './dynamodb-expressions';
import { fromAttributes, toAttributes } from '../../handlers/aws/attribute-values';
import { fromHistoryItem, toHistoryItem } from '../../handlers/aws/history-items';
import { itemSize } from '../../handlers/aws/item-size';
import type { HistoryPageKey, HistoryRecord } from '../../handlers/shared';

/** DynamoDB's limits of an item. */
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_LEVELS = 32;

/** The position of an event whose sender may repeat it with another time. */
interface EventPosition extends HistoryPageKey {
  readonly position: string;
}

/** The history table in memory. */
export class FakeHistoryTable {
  readonly records: HistoryRecord[] = [];
  readonly positions: EventPosition[] = [];

  put({ TableName, Item, ConditionExpression, ReturnValuesOnConditionCheckFailure }: PutItemCommandInput) {
    expect([TableName, ConditionExpression, ReturnValuesOnConditionCheckFailure]).toEqual(['history-table', 'attribute_not_exists(listKey)', 'ALL_OLD']);
    const item = fromHistoryItem(Item!) as HistoryRecord & EventPosition;
    if (itemSize(Item!) > MAX_ITEM_BYTES || levelsOf({ M: Item! }) > MAX_LEVELS) throw Object.assign(new Error('not storable'), { name: 'ValidationException' });
    const items: HistoryPageKey[] = item.position ? this.positions : this.records;
    const existing = items.find(({ orderId, listKey }) => orderId === item.orderId && listKey === item.listKey);
    if (existing) throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed', Item: toAttributes(existing) });
    items.push(item);
    return {};
  }

  query(input: QueryCommandInput) {
    const { TableName, KeyConditionExpression, ConsistentRead, Limit = Infinity, ExclusiveStartKey, ...placeholders } = input;
    expect([TableName, KeyConditionExpression, ConsistentRead]).toEqual(['history-table', '#orderId = :orderId AND #listKey < :positions', true]);
    assertAllUsed(placeholders, KeyConditionExpression);
    const [{ S: partition }, { S: end = '' }] = [':orderId', ':positions'].map((name) => placeholders.ExpressionAttributeValues![name]);
    const found = [...this.records, ...this.positions].filter(({ orderId, listKey }) => orderId === partition && listKey < end).sort(oldestFirst);
    const after = ExclusiveStartKey && (fromAttributes(ExclusiveStartKey) as HistoryPageKey);
    const page = (after ? found.filter((item) => oldestFirst(item, after) > 0) : found).slice(0, Limit);
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    const Items = page.map((record) => toHistoryItem(record as HistoryRecord));
    return { Items, ...(page.length === Limit ? { LastEvaluatedKey: toAttributes(keysOf(page.at(-1)!)) } : {}) };
  }
}

const keysOf = ({ orderId, listKey }: HistoryPageKey): HistoryPageKey => ({ orderId, listKey });
const oldestFirst = (one: HistoryPageKey, other: HistoryPageKey): number => Buffer.compare(Buffer.from(one.listKey), Buffer.from(other.listKey));

const levelsOf = ({ M, L }: AttributeValue): number => {
  const values = M ? Object.values(M) : L;
  return values ? 1 + Math.max(0, ...values.map(levelsOf)) : 0;
};
