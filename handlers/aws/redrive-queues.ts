import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import {
  pack, packForSqs, sendSqsBatch, sourceMessageBytes, toDeadLetterMessage, toSourceMessage,
  type DeadLetterQueues, type DeadLetterMessage, type RedriveRoute, type SqsBatchRequest,
} from '#shared';
import { sqs } from './sqs';

const RETRY = { attempts: 3, pauseMs: 100 };
/** Concurrent requests that release messages. */
const MAX_CONCURRENCY = 32;

/** The dead-letter queues of the pipeline. */
export const deadLetterQueues: DeadLetterQueues = {
  async count(QueueUrl) {
    const { Attributes = {} } = await sqs().send(new GetQueueAttributesCommand({
      QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }));
    return { visible: Number(Attributes.ApproximateNumberOfMessages ?? 0), inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0) };
  },

  async receive(QueueUrl, VisibilityTimeout) {
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({
      QueueUrl,
      VisibilityTimeout,
      MaxNumberOfMessages: 10,
      // Long polling queries all SQS servers, so an empty response means that no message is visible.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount', 'MessageGroupId'],
    }));
    return Messages.map(toDeadLetterMessage);
  },

  async release(QueueUrl, receiptHandles) {
    const send = (batch: readonly string[]) => sqs().send(new ChangeMessageVisibilityBatchCommand({
      QueueUrl, Entries: batch.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
    }));
    const requests = pack(packForSqs(receiptHandles), { count: MAX_CONCURRENCY, bytes: Infinity }, () => 0);
    for (const concurrent of requests) await Promise.allSettled(concurrent.map(send));
  },
};

/** Messages that failed, each with the error code. */
type Failed = Map<DeadLetterMessage, string>;

/** Deletes messages; returns those that failed. */
export const deleteMessages = (QueueUrl: string, messages: readonly DeadLetterMessage[]): Promise<Failed> =>
  sendBatches(packForSqs(messages), (batch) => sqs().send(new DeleteMessageBatchCommand({
    QueueUrl, Entries: batch.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
  })));

/** Sends messages to their source queue; returns those that failed. */
export const sendToSourceQueue = (QueueUrl: string, messages: readonly DeadLetterMessage[], route: RedriveRoute): Promise<Failed> =>
  sendBatches(packForSqs(messages, sourceMessageBytes), (batch) => sqs().send(new SendMessageBatchCommand({
    QueueUrl, Entries: batch.map((message, index) => ({ Id: String(index), ...toSourceMessage(message, route) })),
  })));

async function sendBatches(batches: readonly DeadLetterMessage[][], send: SqsBatchRequest<DeadLetterMessage>): Promise<Failed> {
  const failed: [DeadLetterMessage, string][] = [];
  for (const batch of batches) failed.push(...await sendSqsBatch(batch, send, RETRY));
  return new Map(failed);
}
