import type { SQSRecord } from 'aws-lambda';

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly group?: string;
  readonly deduplicationId?: string;
  /** Why somebody put it into a dead-letter queue. */
  readonly reason?: string;
  received: number;
  visibleAt: number;
  /** Changes with every receipt; 0 once it is deleted. */
  receipt: number;
}

/** What SendMessage is asked. */
export interface Sending {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
  readonly MessageAttributes?: Record<string, { readonly StringValue?: string }>;
}

/** A message as Lambda hands it to a handler. */
export const toRecord = ({ id, body, sentAt, group, deduplicationId, received, receipt }: Message, queue: string): SQSRecord => ({
  messageId: id,
  receiptHandle: `${id}/${receipt}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: String(sentAt),
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: String(sentAt),
    ...(group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: deduplicationId, SequenceNumber: id }),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-central-1:111122223333:${queue}`,
  awsRegion: 'eu-central-1',
});
