import { ChangeMessageVisibilityBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ConsoleAws } from './console-aws';
import { packForSqs } from '../../../handlers/shared/messaging/send-sqs-batch';
import { toDeadLetterMessage } from '../../../handlers/shared/redrive/dead-letter-message';

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

/** The calls about queues. */
export function connectQueues(config: object): Pick<ConsoleAws, 'queueStatus' | 'deadLetterQueues' | 'sendMessage'> {
  // The URLs of queues of a local AWS have a host that its functions reach, which is not that of its endpoint.
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
  const queueStatus = async (QueueUrl: string) => {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] }));
    const [visible, inFlight, delayed] = COUNTS.map((name) => Number(Attributes[name] ?? 0));
    return { visible, inFlight, delayed };
  };
  return {
    queueStatus,
    deadLetterQueues: {
      count: queueStatus,
      async receive(QueueUrl, VisibilityTimeout) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
          QueueUrl,
          VisibilityTimeout,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount', 'MessageGroupId'],
        }));
        return Messages.map(toDeadLetterMessage);
      },
      async release(QueueUrl, receiptHandles) {
        await Promise.allSettled(packForSqs(receiptHandles).map((batch) => sqs.send(new ChangeMessageVisibilityBatchCommand({
          QueueUrl, Entries: batch.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
        }))));
      },
    },
    sendMessage: (QueueUrl, { body, group, deduplicationId }) => sqs.send(new SendMessageCommand({
      QueueUrl, MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplicationId,
    })),
  };
}
