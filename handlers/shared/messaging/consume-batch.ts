import type { DynamoDBRecord, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PoisonMessage } from './errors';
import { processInGroups } from './process-in-groups';
import type { Outcome } from '../telemetry/outcome';
import { report } from '../telemetry/telemetry';

type BatchRecord = SQSRecord | DynamoDBRecord;

/** What differs between consumers of batches: how one record is processed, retried and dead-lettered. */
export interface Consumer<Message> {
  /** The message of the log entry for a batch. */
  readonly summary: string;
  /** Processes one record. An error fails the record, which is then redelivered; after a `PoisonMessage` it goes to the dead-letter queue. */
  readonly consume: (record: Message) => Promise<Outcome | readonly Outcome[]>;
  readonly sendToDeadLetterQueue: (record: Message, reason: string) => Promise<unknown>;
  /** Makes a failed record visible again before the queue's visibility timeout ends. */
  readonly retryWithBackoff?: (record: Message) => Promise<unknown>;
}

/** Consumes a batch of a standard queue concurrently. */
export const consumeQueue = ({ Records }: SQSEvent, consumer: Consumer<SQSRecord>): Promise<SQSBatchResponse> =>
  consumeBatch(Records, ({ messageId }) => messageId, consumer);

/**
 * Consumes a batch: message groups concurrently, the records of a group in order. After a record fails, the rest of its group fails, too.
 *
 * @returns the batch item failures. It does not throw: a function error would fail every record of the batch.
 */
export async function consumeBatch<Message extends BatchRecord>(
  records: readonly Message[], groupOf: (record: Message) => string, consumer: Consumer<Message>,
): Promise<SQSBatchResponse> {
  const outcomes = new Map<Message, readonly Outcome[]>();
  const results = await processInGroups(records, groupOf, async (record) => {
    try {
      outcomes.set(record, [await consumeOrSendToDeadLetterQueue(record, consumer)].flat());
    } catch (error) {
      outcomes.set(record, [{ outcome: 'ConsumeFailed', messageId: eventIdOf(record), reason: (error as Error).name }]);
      await consumer.retryWithBackoff?.(record).catch(() => undefined);
      throw error;
    }
  });
  report(consumer.summary, records.flatMap((record) => outcomes.get(record) ?? []));
  const failed = records.filter((record) => results.get(record)!.error);
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: itemIdentifierOf(record) })) };
}

async function consumeOrSendToDeadLetterQueue<Message extends BatchRecord>(
  record: Message, { consume, sendToDeadLetterQueue }: Consumer<Message>,
): Promise<Outcome | readonly Outcome[]> {
  try {
    return await consume(record);
  } catch (error) {
    if (!(error instanceof PoisonMessage)) throw error;
    await sendToDeadLetterQueue(record, error.message);
    return { outcome: 'PoisonMessage', messageId: eventIdOf(record), reason: error.message };
  }
}

/** The message group of a record; its own id on a queue without groups. */
export const messageGroupOf = ({ attributes, messageId }: SQSRecord): string => attributes.MessageGroupId ?? messageId;

/** A stream has no message groups: Lambda retries from the first failure on. */
export const eventIdOf = (record: BatchRecord): string => ('messageId' in record ? record.messageId : record.eventID!);

/** Lambda identifies a message by its id, and a stream record by its sequence number. */
const itemIdentifierOf = (record: BatchRecord): string => ('messageId' in record ? record.messageId : record.dynamodb!.SequenceNumber!);
