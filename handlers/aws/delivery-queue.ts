import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DeliveryMessage } from '#shared';
import { sqs } from './sqs';

/**
 * Sends a message to the delivery queue. Its group makes the queue fair: a standard queue does not keep groups in order, but delivers messages of groups
 * with a backlog after those of others.
 *
 * @param DelaySeconds up to 900.
 */
export const sendDeliveryMessage = (QueueUrl: string, message: DeliveryMessage, DelaySeconds = 0) =>
  sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), MessageGroupId: message.webhookId, DelaySeconds }));

/** Sends a delivery that failed to the dead-letter queue. Its redrive makes the delivery again. */
export const sendFailedDelivery = (QueueUrl: string, message: DeliveryMessage, reason: string) => sqs().send(new SendMessageCommand({
  QueueUrl, MessageBody: JSON.stringify(message), MessageGroupId: message.webhookId, MessageAttributes: { Reason: { DataType: 'String', StringValue: reason } },
}));
