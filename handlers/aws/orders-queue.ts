import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OrderCommand } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/**
 * Makes the function that puts a command into the orders queue, in the group of its order. The deduplication id is the command's: only a
 * retry of this very request is dropped, never a client's second thought.
 */
export const commandSender = (env: { readonly ORDERS_QUEUE_URL: string }) => (command: OrderCommand) => sqs.send(new SendMessageCommand({
  QueueUrl: env.ORDERS_QUEUE_URL,
  MessageBody: JSON.stringify(command),
  MessageGroupId: command.orderId,
  MessageDeduplicationId: command.commandId,
}));
