import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** An SQS message, as Lambda receives it. A body that is not a string is JSON. */
export const sqsRecord = (messageId: string, message: unknown, attributes: Record<string, string> = {}): SQSRecord => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body: typeof message === 'string' ? message : JSON.stringify(message),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(Date.now()),
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: String(Date.now()),
    ...attributes,
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:queue',
  awsRegion: 'eu-central-1',
});

/** A message of a FIFO queue. */
export const fifoRecord = (messageId: string, message: unknown, group: string, attributes: Record<string, string> = {}): SQSRecord => ({
  ...sqsRecord(messageId, message, { MessageGroupId: group, MessageDeduplicationId: messageId, SequenceNumber: '1', ...attributes }),
  eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:queue.fifo',
});

/** A batch of messages. */
export const sqsEvent = (...Records: SQSRecord[]): SQSEvent => ({ Records });

/** The response of a handler with batch item failures. */
export const failed = (...ids: string[]): { batchItemFailures: { itemIdentifier: string }[] } =>
  ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
