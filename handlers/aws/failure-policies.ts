import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { deadLetterInput, queueFailurePolicy, streamDeadLetterInput, streamFailurePolicy, type FailurePolicy } from '#shared';
import { sqs } from './sqs';

const send = (QueueUrl: string, input: ReturnType<typeof deadLetterInput>) => sqs().send(new SendMessageCommand({ QueueUrl, ...input }));

interface QueueEnv {
  readonly QUEUE_URL: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
  readonly RETRY_DURATION: string;
  readonly MAX_MESSAGE_AGE: string;
}

/** Creates the failure policy of the consumer of a queue. The permissions of the event source include the change of visibility. */
export const queueFailures = (env: QueueEnv): FailurePolicy<SQSRecord> => queueFailurePolicy({
  sendToDeadLetterQueue: (record, reason) => send(env.DEAD_LETTER_QUEUE_URL, deadLetterInput(record, reason)),
  changeVisibility: (Entries) => sqs().send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: env.QUEUE_URL, Entries })),
}, { retryDuration: Number(env.RETRY_DURATION), maxMessageAge: Number(env.MAX_MESSAGE_AGE) });

/** Creates the failure policy of the consumer of a table's stream. */
export const streamFailures = ({ DEAD_LETTER_QUEUE_URL }: { readonly DEAD_LETTER_QUEUE_URL: string }) =>
  (context: Context): FailurePolicy<DynamoDBRecord> => streamFailurePolicy({
    sendToDeadLetterQueue: (record, reason) => send(DEAD_LETTER_QUEUE_URL, streamDeadLetterInput(record, reason)),
    sleep,
  }, () => context.getRemainingTimeInMillis());
