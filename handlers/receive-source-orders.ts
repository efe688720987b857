import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, KinesisStreamRecord, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import {
  activeMqRecords, asPoison, consumeBatch, consumeInSequence, kafkaRecords, kinesisRecords, orderKey, queueRecord, rabbitMqRecords, readEnv,
  readSourceOrder, receivedOutcome, redrivenRecord, resultOf, RetryableError, retryWhileTime, valueOf,
  type IdentifiedRecord, type OrderCommand, type Outcome, type RedrivenRecord, type Result, type SourceEvent, type SourceRecord,
} from '#shared';
import { queueFailures } from './aws/failure-policies';
import { sourceCommandSender, sourceDeadLetterSender } from './aws/source-queues';

const env = readEnv('receive-source-orders');
const send = sourceCommandSender(env);
const sendToDeadLetterQueue = sourceDeadLetterSender(env);
const settings = {
  sourceId: env.SOURCE_ID,
  maxOrderSize: Number(env.MAX_ORDER_SIZE),
  ...(env.SOURCE_TENANT ? { tenant: JSON.parse(env.SOURCE_TENANT) } : {}),
};
const { QUEUE_URL = '', RETRY_DURATION = '', MAX_MESSAGE_AGE = '' } = env;
const onFailure = queueFailures({ ...env, QUEUE_URL, RETRY_DURATION, MAX_MESSAGE_AGE });

/** Sends the orders in the records of a source to the orders queue. The shape of the event is that of the service. */
export async function handler(event: SourceEvent, context: Context): Promise<SQSBatchResponse | undefined> {
  if ('rmqMessagesByQueue' in event) return consumeWhole(rabbitMqRecords(event), context);
  if ('messages' in event) return consumeWhole(activeMqRecords(event), context);
  if ('records' in event) return consumeWhole(kafkaRecords(event), context);
  const { Records: records } = event;
  if (isRedriven(records)) return consumeFromFirstFailure(records.map(redrivenRecord), context);
  return isOfStream(records) ? consumeFromFirstFailure(kinesisRecords(records), context) : consumeMessages(records as readonly SQSRecord[]);
}

const isRedriven = (records: readonly object[]): records is readonly RedrivenRecord[] => records.some((record) => 'sourceRecord' in record);
const isOfStream = (records: readonly object[]): records is readonly KinesisStreamRecord[] => records.some((record) => 'kinesis' in record);

/** Kafka and brokers redeliver a batch as a whole. */
async function consumeWhole(records: readonly SourceRecord[], context: Context): Promise<undefined> {
  const consumed = await consume(records, context, true);
  if (consumed < records.length) throw new RetryableError('BatchFailed', `${records.length - consumed} of ${records.length} records are to be redelivered`);
}

/** Kinesis redelivers a batch from the first failure on. */
async function consumeFromFirstFailure(records: readonly IdentifiedRecord[], context: Context): Promise<SQSBatchResponse> {
  const consumed = await consume(records, context, false);
  return { batchItemFailures: records.slice(consumed, consumed + 1).map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

const consume = (records: readonly SourceRecord[], context: Context, redeliversWholeBatch: boolean): Promise<number> => consumeInSequence(records, {
  redeliversWholeBatch,
  read: (record) => readSourceOrder(record, settings),
  send: (command) => retryWhileTime(() => send(command), { remainingMilliseconds: () => context.getRemainingTimeInMillis(), sleep }),
  sendToDeadLetterQueue,
});

/** SQS redelivers single messages, and those of a FIFO queue by message group. */
async function consumeMessages(records: readonly SQSRecord[]): Promise<SQSBatchResponse> {
  const readings = new Map(await Promise.all(records.map(async (record): Promise<[SQSRecord, Result<OrderCommand>]> =>
    [record, await resultOf(() => readSourceOrder(queueRecord(record), settings))])));
  const groupOf = (record: SQSRecord): string => {
    const { value } = readings.get(record)!;
    return record.attributes.MessageGroupId ?? (value ? orderKey(value) : record.messageId);
  };
  return consumeBatch(records, groupOf, {
    summary: 'source records received',
    consume: (record) => sendReading(readings.get(record)!),
    onFailure,
  });
}

async function sendReading(reading: Result<OrderCommand>): Promise<Outcome> {
  if (reading.error) throw asPoison(reading.error);
  const command = valueOf(reading);
  await send(command);
  return receivedOutcome(command);
}
