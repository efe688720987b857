import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { PoisonMessage, sourceDeadLetterInput, type OrderCommand, type SourceRecord } from '#shared';
import { commandSender } from './orders-queue';
import { sqs } from './sqs';

/** Errors of SQS about the message itself, which no retry can resolve. */
const REFUSED = ['InvalidMessageContents', 'InvalidParameterValue', 'InvalidParameterValueException'];

/**
 * Creates the function that sends commands to the orders queue.
 *
 * @throws PoisonMessage when SQS never accepts the message.
 */
export const sourceCommandSender = (env: { readonly ORDERS_QUEUE_URL: string }) => {
  const send = commandSender(env);
  return async (command: OrderCommand): Promise<void> => {
    try {
      await send(command);
    } catch (error) {
      const { name } = error as Error;
      throw REFUSED.includes(name) ? new PoisonMessage(`the orders queue does not accept the order: ${name}`) : error;
    }
  };
};

/** Creates the function that sends records to the dead-letter queue. */
export const sourceDeadLetterSender = (env: { readonly DEAD_LETTER_QUEUE_URL: string; readonly SOURCE_ID: string }) =>
  (record: SourceRecord, reason: string) => sqs().send(new SendMessageCommand({
    QueueUrl: env.DEAD_LETTER_QUEUE_URL, ...sourceDeadLetterInput(record, reason, env.SOURCE_ID),
  }));
