import type { ChangeMessageVisibilityBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { messageGroupOf, type BatchRecord } from './record-ids';
import { assertNotAbandoned, errorAfterAttempt, exhausted, retryDelay, type RetryLimits } from './retry-policy';

/** What happens to the records of a batch that fail. */
export interface FailurePolicy<Message extends BatchRecord> {
  readonly sendToDeadLetterQueue: (record: Message, reason: string) => Promise<unknown>;
  /** Throws a `PoisonMessage` for a record that must not be attempted again. */
  readonly beforeAttempt: (record: Message) => void;
  /** Returns the error after a failed attempt; a `PoisonMessage` ends the retries. */
  readonly afterAttempt: (record: Message, error: Error) => Error;
  /** Delays the next attempt for the records that failed, of which there is at least one. */
  readonly delayRetry: (failed: readonly Message[]) => Promise<unknown>;
}

/** The requests to a queue and to its dead-letter queue. */
export interface QueueRequests {
  readonly sendToDeadLetterQueue: (record: SQSRecord, reason: string) => Promise<unknown>;
  readonly changeVisibility: (entries: ChangeMessageVisibilityBatchRequestEntry[]) => Promise<unknown>;
}

/**
 * Retries messages with back-off for as long as the policy allows, and then sends them to the dead-letter queue. After an attempt without a
 * response, because of a crash or a timeout, SQS delivers a message again at the end of its visibility timeout.
 */
export const queueFailurePolicy = ({ sendToDeadLetterQueue, changeVisibility }: QueueRequests, policy: RetryLimits): FailurePolicy<SQSRecord> => ({
  sendToDeadLetterQueue,
  beforeAttempt: (record) => { assertNotAbandoned(record, policy); },
  afterAttempt: (record, error) => errorAfterAttempt(record, error, policy),
  delayRetry: (failed) => changeVisibility(visibilityTimeouts(failed)),
});

/** All messages of a group become visible at the same time: a later one must not be received first, and while it is invisible it blocks the group. */
const visibilityTimeouts = (failed: readonly SQSRecord[]): ChangeMessageVisibilityBatchRequestEntry[] =>
  [...Map.groupBy(failed, messageGroupOf).values()].flatMap((group) => {
    const VisibilityTimeout = retryDelay(Number(group[0].attributes.ApproximateReceiveCount));
    return group.map(({ receiptHandle }) => ({ ReceiptHandle: receiptHandle, VisibilityTimeout }));
  }).map((entry, index) => ({ Id: String(index), ...entry }));

/** The requests of the consumer of a stream. */
export interface StreamRequests {
  readonly sendToDeadLetterQueue: (record: DynamoDBRecord, reason: string) => Promise<unknown>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** A stream keeps records for 24 hours. Before that, records that still fail are sent to the dead-letter queue as a whole. */
const STREAM_RETRY_SECONDS = 20 * 3600;

/** What an invocation keeps of its time for its response. */
const RESERVE_MS = 5000;

/**
 * Retries records of a stream, each time after half their age, as far as the time of the invocation allows: Lambda itself retries at once, and
 * a record has no visibility timeout.
 */
export const streamFailurePolicy = (
  { sendToDeadLetterQueue, sleep }: StreamRequests, remainingMilliseconds: () => number,
): FailurePolicy<DynamoDBRecord> => ({
  sendToDeadLetterQueue,
  beforeAttempt: () => undefined,
  afterAttempt: (record, error) => (secondsSinceCreation(record) >= STREAM_RETRY_SECONDS ? exhausted(STREAM_RETRY_SECONDS, error) : error),
  delayRetry: ([first]) => sleep(Math.max(0, Math.min((secondsSinceCreation(first) * 1000) / 2, remainingMilliseconds() - RESERVE_MS))),
});

const secondsSinceCreation = ({ dynamodb }: DynamoDBRecord): number => Date.now() / 1000 - dynamodb!.ApproximateCreationDateTime!;
