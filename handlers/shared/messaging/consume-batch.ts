import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PoisonMessage } from './errors';
import type { FailurePolicy } from './failure-policy';
import { processInGroups, resultOf } from './process-in-groups';
import { eventIdOf, itemIdentifierOf, type BatchRecord } from './record-ids';
import type { Outcome } from '../telemetry/outcome';
import { report } from '../telemetry/telemetry';

/** What differs between consumers of batches: how one record is processed, and what happens when it fails. */
export interface Consumer<Message extends BatchRecord> {
  /** The message of the log entry for a batch. */
  readonly summary: string;
  /** Processes one record. An error fails the record, which is then retried; after a `PoisonMessage` it goes to the dead-letter queue. */
  readonly consume: (record: Message) => Promise<Outcome | readonly Outcome[]>;
  readonly onFailure: FailurePolicy<Message>;
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
      throw error;
    }
  });
  report(consumer.summary, records.flatMap((record) => outcomes.get(record) ?? []));
  const failed = records.filter((record) => results.get(record)!.error);
  // Without the delay, the records are retried as well, only at another time.
  if (failed.length > 0) await resultOf(() => consumer.onFailure.delayRetry(failed));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: itemIdentifierOf(record) })) };
}

async function consumeOrSendToDeadLetterQueue<Message extends BatchRecord>(
  record: Message, { consume, onFailure }: Consumer<Message>,
): Promise<Outcome | readonly Outcome[]> {
  try {
    onFailure.beforeAttempt(record);
    return await consume(record);
  } catch (thrown) {
    const error = thrown instanceof PoisonMessage ? thrown : onFailure.afterAttempt(record, thrown as Error);
    if (!(error instanceof PoisonMessage)) throw error;
    await onFailure.sendToDeadLetterQueue(record, error.message);
    return { outcome: error.name, messageId: eventIdOf(record), reason: error.message };
  }
}
