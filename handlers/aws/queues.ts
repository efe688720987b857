import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { SendMessageBatchRequest } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/** Sends a message to a standard queue, with a delay in seconds. */
export const sendMessage = (QueueUrl: string, message: unknown, DelaySeconds?: number) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));

/** Creates the function that sends batches to one queue. */
export const batchSender = (QueueUrl: string): SendMessageBatchRequest => (Entries) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

/** A minute after the first failure, then doubled for each further one up to the maximum. */
const MIN_BACKOFF_SECONDS = 60;
const MAX_BACKOFF_SECONDS = 900;

/**
 * Creates the function that makes a failed message of one queue visible again soon. Otherwise, it would stay invisible for the visibility
 * timeout, which is an hour and more for a function that runs for minutes. The permissions of the event source include this call.
 */
export const visibilityBackoff = (QueueUrl: string) => ({ receiptHandle, attributes }: SQSRecord) => sqs.send(new ChangeMessageVisibilityCommand({
  QueueUrl,
  ReceiptHandle: receiptHandle,
  VisibilityTimeout: Math.min(MIN_BACKOFF_SECONDS * 2 ** (Number(attributes.ApproximateReceiveCount) - 1), MAX_BACKOFF_SECONDS),
}));
