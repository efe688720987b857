import type {
  ChangeMessageVisibilityBatchCommandInput, ChangeMessageVisibilityCommandInput, DeleteMessageCommandInput, ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { toReceived } from './messages';
import type { StandardQueue } from './queue';

/** The response of a queue to a request of a function that receives messages itself. */
export function responseOf(queue: StandardQueue, operation: string, input: unknown, isPartial: boolean): unknown {
  switch (operation) {
    case 'ReceiveMessage': return receive(queue, input as ReceiveMessageCommandInput);
    case 'DeleteMessage': return queue.delete((input as DeleteMessageCommandInput).ReceiptHandle!);
    case 'ChangeMessageVisibility': return changeVisibility(queue, input as ChangeMessageVisibilityCommandInput);
    case 'ChangeMessageVisibilityBatch': return changeAll(queue, input as ChangeMessageVisibilityBatchCommandInput, isPartial);
    case 'GetQueueAttributes': return { Attributes: { ApproximateNumberOfMessages: String(queue.messages.length) } };
    default: throw new Error(`${operation} is not simulated.`);
  }
}

function receive(queue: StandardQueue, { MaxNumberOfMessages = 1, VisibilityTimeout, WaitTimeSeconds }: ReceiveMessageCommandInput) {
  if (!WaitTimeSeconds) throw new Error('Without a wait time, the response may lack messages of the queue.');
  return { Messages: queue.receive(MaxNumberOfMessages, VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000).map(toReceived) };
}

const changeVisibility = (queue: StandardQueue, { ReceiptHandle, VisibilityTimeout }: Partial<ChangeMessageVisibilityCommandInput>) =>
  queue.changeVisibility(ReceiptHandle!, VisibilityTimeout!);

function changeAll(queue: StandardQueue, { Entries = [] }: ChangeMessageVisibilityBatchCommandInput, isPartial: boolean) {
  if (Entries.length < 1 || Entries.length > 10) throw new Error('TooManyEntriesInBatchRequest');
  const failed = isPartial ? [Entries[0]] : [];
  for (const entry of Entries.slice(failed.length)) changeVisibility(queue, entry);
  return { Failed: failed.map(({ Id }) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
}
