import { ConditionalCheckFailedException, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { assertAllUsed } from './dynamodb-expressions';
import type { HistoryRecord } from '../../handlers/shared';

/** The history table in memory, with its index by time. */
export class FakeHistoryTable {
  readonly records: HistoryRecord[] = [];

  put({ TableName, Item, ConditionExpression }: PutItemCommandInput) {
    expect([TableName, ConditionExpression]).toEqual(['history-table', 'attribute_not_exists(eventId)']);
    const record = unmarshall(Item!) as HistoryRecord;
    if (this.records.some(({ orderId, eventId }) => orderId === record.orderId && eventId === record.eventId)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed' });
    }
    this.records.push(record);
    return {};
  }

  query({ TableName, IndexName, KeyConditionExpression, ConsistentRead, Limit = Infinity, ExclusiveStartKey, ...placeholders }: QueryCommandInput) {
    expect([TableName, IndexName, KeyConditionExpression, ConsistentRead]).toEqual(['history-table', 'byTime', '#orderId = :orderId', true]);
    assertAllUsed(placeholders, KeyConditionExpression);
    const found = this.records.filter(({ orderId }) => orderId === placeholders.ExpressionAttributeValues![':orderId']).sort(oldestFirst);
    const rest = ExclusiveStartKey ? found.filter((record) => oldestFirst(record, ExclusiveStartKey as HistoryRecord) > 0) : found;
    const Items = rest.slice(0, Limit);
    const { orderId, eventId, occurredAt } = Items.at(-1) ?? {};
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    return { Items, ...(Items.length === Limit ? { LastEvaluatedKey: { orderId, eventId, occurredAt } } : {}) };
  }
}

const sortKey = ({ occurredAt, eventId }: HistoryRecord): string => `${occurredAt} ${eventId}`;
const oldestFirst = (one: HistoryRecord, other: HistoryRecord): number =>
  (sortKey(one) < sortKey(other) ? -1 : Number(sortKey(one) > sortKey(other)));
