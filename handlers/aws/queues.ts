import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { SendBatch } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/** Puts a message into a standard queue, to be seen after so many seconds. */
export const sendMessage = (QueueUrl: string, message: unknown, DelaySeconds?: number) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));

/** Makes the function that sends batches to one queue. */
export const batchSender = (QueueUrl: string): SendBatch => (Entries) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

/** A minute after the first failure, twice as long after each further one, and not more than this. */
const MIN_BACKOFF_SECONDS = 60;
const MAX_BACKOFF_SECONDS = 900;

/**
 * Makes the function that lets a failed message of one queue come again soon. The queue of a function that may run for minutes would
 * otherwise keep it back for an hour and more. The event source's permissions include this one.
 */
export const visibilityBackoff = (QueueUrl: string) => ({ receiptHandle, attributes }: SQSRecord) => sqs.send(new ChangeMessageVisibilityCommand({
  QueueUrl,
  ReceiptHandle: receiptHandle,
  VisibilityTimeout: Math.min(MIN_BACKOFF_SECONDS * 2 ** (Number(attributes.ApproximateReceiveCount) - 1), MAX_BACKOFF_SECONDS),
}));
