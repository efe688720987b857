import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, historyRecord, readEnv, type Outcome } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { putRecord } from './aws/history-table';

const env = readEnv('record-order-event');
const onFailure = queueFailures(env);
const retention = Number(env.HISTORY_RETENTION);

/** Records every event about an order once, even if it is delivered more than once. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order events recorded', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const record = historyRecord(body, new Date(), retention);
  const isNew = await putRecord(env.HISTORY_TABLE_NAME, record);
  return { outcome: isNew ? 'OrderEventRecorded' : 'OrderEventRepeated', orderId: record.orderId, messageId };
}
