import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { orderKey, type OrderCommand } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/**
 * Creates the function that sends commands to the orders queue, in the message group of their order. The deduplication id is the command id:
 * only a retry of the same request is dropped, never a new request of the client.
 */
export const commandSender = (env: { readonly ORDERS_QUEUE_URL: string }) => (command: OrderCommand) => sqs.send(new SendMessageCommand({
  QueueUrl: env.ORDERS_QUEUE_URL,
  MessageBody: JSON.stringify(command),
  MessageGroupId: orderKey(command),
  MessageDeduplicationId: command.commandId,
}));
