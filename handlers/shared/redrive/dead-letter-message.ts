import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message in a dead-letter queue. */
export interface DeadLetterMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The message group: in a FIFO queue the order of its messages depends on it, in a standard one only how fairly they are given out. */
  readonly group?: string;
  /** When it was sent, in Unix milliseconds: by whoever put it aside, or, where SQS moved it out of a standard queue, in the beginning. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
}

/** Reads a message as SQS gives it. */
export const toDeadLetterMessage = ({ MessageId, ReceiptHandle, Body = '', Attributes = {}, MessageAttributes = {} }: Message): DeadLetterMessage => ({
  id: MessageId!,
  receiptHandle: ReceiptHandle!,
  body: Body,
  ...(Attributes.MessageGroupId ? { group: Attributes.MessageGroupId } : {}),
  sentAt: Number(Attributes.SentTimestamp ?? 0),
  receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
  attributes: MessageAttributes,
});

/** A letter's body as JSON; undefined where it is none. */
export function jsonOf({ body }: DeadLetterMessage): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What is at a place in somebody's JSON, which may be anything. */
export const dig = (value: unknown, ...path: readonly string[]): unknown => path.reduce<unknown>(
  (found, step) => (typeof found === 'object' && found !== null && Object.hasOwn(found, step) ? (found as Record<string, unknown>)[step] : undefined), value,
);
