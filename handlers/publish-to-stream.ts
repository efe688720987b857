import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeBatch, readEnv, resultOf, streamRecord, valueOf, type Outcome, type Result, type StreamRecord } from '#shared';
import { recordPutter } from './aws/event-stream';
import { queueFailures } from './aws/failure-policies';

const env = readEnv('publish-to-stream');
const put = recordPutter(env.EVENT_STREAM_NAME);
const onFailure = queueFailures(env);

/** Puts every event into the stream. The events of an order that arrive together are put in the sequence in which they occurred. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const read = new Map<SQSRecord, Result<StreamRecord>>();
  for (const record of Records) read.set(record, await resultOf(() => streamRecord(record.body)));
  const positionOf = (record: SQSRecord) => read.get(record)!.value?.position ?? '';
  return consumeBatch(
    Records.toSorted((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1)),
    (record) => read.get(record)!.value?.partitionKey ?? record.messageId,
    { summary: 'events put into the stream', consume: (record) => consume(record, read.get(record)!), onFailure },
  );
};

async function consume({ messageId }: SQSRecord, result: Result<StreamRecord>): Promise<Outcome> {
  const record = valueOf(result);
  await put(record);
  return { outcome: 'EventStreamed', orderId: record.orderId, messageId };
}
