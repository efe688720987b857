import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { orderKey, type OrderCommand } from '#shared';
import { sqs } from './sqs';

/**
 * Creates the function that sends commands to the orders queue, in the message group of their order. The deduplication id is the command id:
 * only a retry of the same request is dropped, never a new request of the client.
 */
export const commandSender = (env: { readonly ORDERS_QUEUE_URL: string }) => {
  // Created with the function, not for its first request.
  const client = sqs();
  return (command: OrderCommand) => client.send(new SendMessageCommand({
    QueueUrl: env.ORDERS_QUEUE_URL,
    MessageBody: JSON.stringify(command),
    MessageGroupId: orderKey(command),
    MessageDeduplicationId: command.commandId,
  }));
};
