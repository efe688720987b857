import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SendMessageBatchRequest } from '#shared';
import { sqs } from './sqs';

/** Sends a message to a standard queue, with a delay in seconds. */
export const sendMessage = (QueueUrl: string, message: unknown, DelaySeconds?: number) =>
  sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));

/** Creates the function that sends batches to one queue. */
export const batchSender = (QueueUrl: string): SendMessageBatchRequest => (Entries) => sqs().send(new SendMessageBatchCommand({ QueueUrl, Entries }));
