import { ConditionalCheckFailedException, type AttributeValue, type PutItemCommandInput, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { assertAllUsed } from './dynamodb-expressions';
import { fromAttributes, toAttributes } from '../../handlers/aws/attribute-values';
import type { HistoryRecord } from '../../handlers/shared';

/** The history table in memory, with its index by time. */
export class FakeHistoryTable {
  readonly records: HistoryRecord[] = [];

  put({ TableName, Item, ConditionExpression }: PutItemCommandInput) {
    expect([TableName, ConditionExpression]).toEqual(['history-table', 'attribute_not_exists(eventId)']);
    const record = fromAttributes(Item!) as unknown as HistoryRecord;
    if (this.records.some(({ orderId, eventId }) => orderId === record.orderId && eventId === record.eventId)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed' });
    }
    this.records.push(record);
    return {};
  }

  query(input: QueryCommandInput) {
    const { TableName, IndexName, KeyConditionExpression, ConsistentRead, Limit = Infinity, ExclusiveStartKey, ...placeholders } = input;
    expect([TableName, IndexName, KeyConditionExpression, ConsistentRead]).toEqual(['history-table', 'byTime', '#orderId = :orderId', true]);
    assertAllUsed(placeholders, KeyConditionExpression);
    const partition = valueOf(placeholders.ExpressionAttributeValues![':orderId']);
    const found = this.records.filter(({ orderId }) => orderId === partition).sort(oldestFirst);
    const after = ExclusiveStartKey && (unmarshall(ExclusiveStartKey) as HistoryRecord);
    const rest = after ? found.filter((record) => oldestFirst(record, after) > 0) : found;
    const page = rest.slice(0, Limit);
    const { orderId, eventId, occurredAt } = page.at(-1) ?? {};
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    return { Items: page.map(toAttributes), ...(page.length === Limit ? { LastEvaluatedKey: toAttributes({ orderId, eventId, occurredAt }) } : {}) };
  }
}

const valueOf = (attribute: AttributeValue): unknown => attribute.S;
const sortKey = ({ occurredAt, eventId }: HistoryRecord): string => `${occurredAt} ${eventId}`;
const oldestFirst = (one: HistoryRecord, other: HistoryRecord): number =>
  (sortKey(one) < sortKey(other) ? -1 : Number(sortKey(one) > sortKey(other)));
