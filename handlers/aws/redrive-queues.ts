import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';
import { pack, toDeadLetterMessage, toSourceMessage, type DeadLetterQueues, type DeadLetterMessage, type RedriveRoute } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/** The SQS quota of a batch. The size of receipt handles is not limited. */
const BATCH = { count: 10, bytes: Infinity };

/** The dead-letter queues of the pipeline. */
export const deadLetterQueues: DeadLetterQueues = {
  async count(QueueUrl) {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({
      QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }));
    return { visible: Number(Attributes.ApproximateNumberOfMessages ?? 0), inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0) };
  },

  async receive(QueueUrl, VisibilityTimeout) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
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

  delete: (QueueUrl, { receiptHandle }) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle })),

  release: (QueueUrl, receiptHandles) => Promise.allSettled(pack(receiptHandles, BATCH, () => 0).map((batch) => {
    const Entries = batch.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    return sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  })),
};

/** Sends a message to its source queue. */
export const sendToSourceQueue = (QueueUrl: string, message: DeadLetterMessage, route: RedriveRoute) =>
  sqs.send(new SendMessageCommand({ QueueUrl, ...toSourceMessage(message, route) }));
