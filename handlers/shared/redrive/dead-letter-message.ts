import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message in a dead-letter queue. */
export interface DeadLetterMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The message group: the unit of ordering in a FIFO queue, and of fairness in a standard queue. */
  readonly group?: string;
  /**
   * Unix time in milliseconds at which it was sent to this queue. For a message that SQS moved from a standard queue, the time at which it
   * was sent to the source queue.
   */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
}

/** Converts a message received from SQS. */
export const toDeadLetterMessage = ({ MessageId, ReceiptHandle, Body = '', Attributes = {}, MessageAttributes = {} }: Message): DeadLetterMessage => ({
  id: MessageId!,
  receiptHandle: ReceiptHandle!,
  body: Body,
  ...(Attributes.MessageGroupId ? { group: Attributes.MessageGroupId } : {}),
  sentAt: Number(Attributes.SentTimestamp ?? 0),
  receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
  attributes: MessageAttributes,
});

/** Parses the body of a message as JSON. Returns undefined when it is not JSON. */
export function parseBody({ body }: DeadLetterMessage): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
