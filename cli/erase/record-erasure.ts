import { randomBytes } from 'node:crypto';
import type { Change, ErasureRun } from './erasure-run';
import { toAttributes } from '../../handlers/aws/attribute-values';
import { identityOf, type OrderKey } from '../../handlers/shared/orders/order-identity';
import { historyListKey } from '../../handlers/shared/queries/history-list-key';
import type { HistoryRecord } from '../../handlers/shared/queries/history-record';
import { CHANNEL, ORDER_ERASED, SCHEMA_VERSION } from '../../src/private/contract';
import { correlationIdOf } from '../console/data/operator';

/** The fields that were erased of each order. */
export const fieldsByOrder = (changes: readonly Change[]): ReadonlyMap<OrderKey, number> =>
  new Map([...Map.groupBy(changes.filter(({ order }) => order !== undefined), ({ order }) => order!)]
    .map(([order, ofOrder]) => [order, ofOrder.reduce((sum, { fields }) => sum + fields, 0)]));

/** Records in the history of an order that it was erased, when and by whom. The event is not published. */
export async function recordErasure(order: OrderKey, fields: number, operator: string, { aws, pipeline, now }: ErasureRun): Promise<unknown> {
  return aws.put(pipeline.tables.history!, toAttributes(erasureRecord(order, fields, operator, now(), pipeline)));
}

function erasureRecord(order: OrderKey, fields: number, operator: string, now: Date, pipeline: ErasureRun['pipeline']): HistoryRecord {
  const [eventId, occurredAt, correlationId] = [randomBytes(16).toString('hex'), now.toISOString(), correlationIdOf(operator)];
  const metadata = {
    schemaVersion: SCHEMA_VERSION,
    ...identityOf(order),
    version: 0,
    commandId: eventId,
    sequence: 0,
    correlationId,
    causationId: eventId,
    channel: CHANNEL.BUS,
    pipeline: pipeline.id,
  };
  return {
    orderId: order,
    eventId,
    occurredAt,
    listKey: historyListKey({ eventId, occurredAt, metadata }),
    type: ORDER_ERASED,
    metadata,
    data: { erasedBy: operator, fields },
    ...(pipeline.historyRetention === undefined ? {} : { expiresAt: Math.floor(now.getTime() / 1000) + pipeline.historyRetention }),
  };
}
