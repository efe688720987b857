import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DeliveryListQuery, DeliveryPage, DeliveryPageKey, DeliverySummary } from '#shared';
import { fromAttributes, toAttributes } from './attribute-values';
import { dynamodb } from './dynamodb';
import { DELIVERIES_BY_TIME, DELIVERY_PARTS } from '../../src/private/contract';

/** Lists the deliveries of a webhook, newest first. With a status, a page may have fewer entries than its limit although more follow. */
export async function listDeliveries(TableName: string, webhookId: string, { status, limit, after }: DeliveryListQuery): Promise<DeliveryPage> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(new QueryCommand({
    TableName,
    IndexName: DELIVERIES_BY_TIME.indexName,
    KeyConditionExpression: 'webhookId = :webhookId',
    ExpressionAttributeValues: toAttributes({ ':webhookId': webhookId, ':status': status }),
    ...(status === undefined ? {} : { FilterExpression: '#status = :status', ExpressionAttributeNames: { '#status': 'status' } }),
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: after && toAttributes({ ...after, webhookId, itemKey: `${webhookId}#${after.part.slice(DELIVERY_PARTS.EVENT.length)}` }),
  }));
  const deliveries = Items.map((item) => fromAttributes(item) as unknown as DeliverySummary);
  return { deliveries, next: LastEvaluatedKey && pageKeyOf(fromAttributes(LastEvaluatedKey)) };
}

const pageKeyOf = ({ part, listKey }: Record<string, unknown>) => ({ part, listKey }) as DeliveryPageKey;
