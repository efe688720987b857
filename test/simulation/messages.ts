import type { Message as ReceivedMessage } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

export type MessageAttributes = Readonly<Record<string, { readonly DataType?: string; readonly StringValue?: string }>>;

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly group?: string;
  readonly deduplicationId?: string;
  readonly attributes?: MessageAttributes;
  received: number;
  /** The time of its first receive, if it was received. */
  firstReceivedAt?: number;
  visibleAt: number;
  /** Changes whenever the message is received. */
  receipt: number;
}

/** The input of SendMessage. */
export interface SendMessageInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
  readonly MessageAttributes?: MessageAttributes;
}

/** The reason with which a handler sent a message to a dead-letter queue. */
export const reasonOf = ({ attributes }: Message): string | undefined => attributes?.Reason?.StringValue;

/** Whether a message would return to its dead-letter queue after every redrive: it cannot be parsed, or its file was erased. */
export function isNotRedrivable(message: Message): boolean {
  const reason = reasonOf(message);
  return reason !== undefined && (message.body.includes('"poison-') || reason.startsWith('FILE_GONE'));
}

export const handleOf = ({ id, receipt }: Pick<Message, 'id' | 'receipt'>): string => `${id}/${receipt}`;

/** A message as a record of a Lambda event. */
export const toRecord = ({ id, receipt, body, sentAt, firstReceivedAt, group, deduplicationId, received }: Message, queue: string): SQSRecord => ({
  messageId: id,
  receiptHandle: handleOf({ id, receipt }),
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: String(sentAt),
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    ...(group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: deduplicationId, SequenceNumber: id }),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-central-1:111122223333:${queue}${deduplicationId === undefined ? '' : '.fifo'}`,
  awsRegion: 'eu-central-1',
});

/** A message as ReceiveMessage returns it. */
export const toReceived = (message: Message): ReceivedMessage => ({
  MessageId: message.id,
  ReceiptHandle: handleOf(message),
  Body: message.body,
  Attributes: {
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.received),
    ...(message.group === undefined ? {} : { MessageGroupId: message.group }),
  },
  ...(message.attributes ? { MessageAttributes: message.attributes as ReceivedMessage['MessageAttributes'] } : {}),
});
