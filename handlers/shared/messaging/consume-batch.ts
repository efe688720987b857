import { BatchProcessor, EventType, processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PoisonMessage } from './poison-message';
import { report, type Outcome } from '../telemetry/telemetry';

/** How the records of a batch are consumed. */
export interface Consumer<Message> {
  /** The one line that the log gets for a batch. */
  readonly summary: string;
  /** Does the work of one record, which may be about several things. What throws comes again, but for `PoisonMessage`, which is set aside. */
  readonly consume: (record: Message) => Promise<Outcome | readonly Outcome[]>;
  /** Puts a poison record where somebody will look at it, with the reason. */
  readonly sendToDeadLetterQueue: (record: Message, reason: string) => Promise<unknown>;
  /** Makes a record that failed come again sooner than its queue would let it. */
  readonly retryWithBackoff?: (record: Message) => Promise<unknown>;
}

/** A throw out of the handler would count as a function error and slow the queue down; the response says the same. */
const OPTIONS = { throwOnFullBatchFailure: false } as const;

/** Consumes a standard queue's batch in parallel; what fails comes again, the rest is done. */
export const consumeQueue = (event: SQSEvent, consumer: Consumer<SQSRecord>): Promise<SQSBatchResponse> =>
  reporting(consumer, (consume) => processPartialResponse(event, consume, new BatchProcessor(EventType.SQS), OPTIONS));

/** Consumes a FIFO queue's batch in order; after a failure the rest of that message group, and only that, comes again. */
export const consumeFifoQueue = (event: SQSEvent, consumer: Consumer<SQSRecord>): Promise<SQSBatchResponse> =>
  reporting(consumer, (consume) =>
    processPartialResponse(event, consume, new SqsFifoPartialProcessorAsync(), { ...OPTIONS, skipGroupOnError: true }));

/** Consumes a table's stream; from the first failure on, the records come again. */
export const consumeStream = (event: DynamoDBStreamEvent, consumer: Consumer<DynamoDBRecord>): Promise<DynamoDBBatchResponse> =>
  reporting(consumer, (consume) => processPartialResponse(event, consume, new BatchProcessor(EventType.DynamoDBStreams), OPTIONS));

async function reporting<Message extends SQSRecord | DynamoDBRecord, Response>(
  { summary, consume, sendToDeadLetterQueue, retryWithBackoff }: Consumer<Message>,
  process: (consume: (record: Message) => Promise<void>) => Promise<Response>,
): Promise<Response> {
  const outcomes: Outcome[] = [];
  const response = await process(async (record) => {
    try {
      outcomes.push(...[await consumeOrDeadLetter(record)].flat());
    } catch (error) {
      outcomes.push({ outcome: 'ConsumeFailed', messageId: messageIdOf(record), reason: (error as Error).name });
      await retryWithBackoff?.(record).catch(() => undefined);
      throw error;
    }
  });
  report(summary, outcomes);
  return response;

  async function consumeOrDeadLetter(record: Message): Promise<Outcome | readonly Outcome[]> {
    try {
      return await consume(record);
    } catch (error) {
      if (!(error instanceof PoisonMessage)) throw error;
      await sendToDeadLetterQueue(record, error.message);
      return { outcome: 'PoisonMessage', messageId: messageIdOf(record), reason: error.message };
    }
  }
}

const messageIdOf = (record: SQSRecord | DynamoDBRecord): string | undefined => ('messageId' in record ? record.messageId : record.eventID);
