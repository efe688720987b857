import type {
  ChangeMessageVisibilityBatchCommandInput, ChangeMessageVisibilityCommandInput, DeleteMessageBatchCommandInput, ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { toReceived } from './messages';
import type { StandardQueue } from './queue';

/** The response of a queue to a request of a function that receives messages itself. */
export function responseOf(queue: StandardQueue, operation: string, input: unknown, isPartial: boolean): unknown {
  switch (operation) {
    case 'ReceiveMessage': return receive(queue, input as ReceiveMessageCommandInput);
    case 'DeleteMessageBatch': return deleteAll(queue, input as DeleteMessageBatchCommandInput, isPartial);
    case 'ChangeMessageVisibility': return changeVisibility(queue, input as ChangeMessageVisibilityCommandInput);
    case 'ChangeMessageVisibilityBatch': return changeAll(queue, input as ChangeMessageVisibilityBatchCommandInput, isPartial);
    case 'GetQueueAttributes': return { Attributes: attributesOf(queue) };
    default: throw new Error(`${operation} is not simulated.`);
  }
}

function receive(queue: StandardQueue, { MaxNumberOfMessages = 1, VisibilityTimeout, WaitTimeSeconds }: ReceiveMessageCommandInput) {
  if (!WaitTimeSeconds) throw new Error('Without a wait time, the response may lack messages of the queue.');
  return { Messages: queue.receive(MaxNumberOfMessages, VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000).map(toReceived) };
}

function attributesOf({ messages, inFlight }: StandardQueue): Record<string, string> {
  return { ApproximateNumberOfMessages: String(messages.length - inFlight), ApproximateNumberOfMessagesNotVisible: String(inFlight) };
}

const changeVisibility = (queue: StandardQueue, { ReceiptHandle, VisibilityTimeout }: Partial<ChangeMessageVisibilityCommandInput>) =>
  queue.changeVisibility(ReceiptHandle!, VisibilityTimeout!);

const deleteAll = (queue: StandardQueue, { Entries = [] }: DeleteMessageBatchCommandInput, isPartial: boolean) =>
  forEach(Entries, isPartial, ({ ReceiptHandle }) => queue.delete(ReceiptHandle!));

const changeAll = (queue: StandardQueue, { Entries = [] }: ChangeMessageVisibilityBatchCommandInput, isPartial: boolean) =>
  forEach(Entries, isPartial, (entry) => changeVisibility(queue, entry));

/** Processes the entries of a batch request, of which the first may fail. */
function forEach<Entry extends { readonly Id?: string }>(entries: readonly Entry[], isPartial: boolean, process: (entry: Entry) => void) {
  if (entries.length < 1 || entries.length > 10) throw new Error('TooManyEntriesInBatchRequest');
  const [failed, processed] = isPartial ? [entries.slice(0, 1), entries.slice(1)] : [[], entries];
  processed.forEach(process);
  return { Successful: processed.map(({ Id }) => ({ Id })), Failed: failed.map(({ Id }) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
}
