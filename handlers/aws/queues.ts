import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SendBatch } from '#shared';

const sqs = new SQSClient();

/** Puts a message into a standard queue. */
export const sendMessage = (QueueUrl: string, message: unknown) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));

/** Makes the function that sends batches to one queue. */
export const batchSender = (QueueUrl: string): SendBatch => (Entries) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
