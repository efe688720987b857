import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A message as Lambda receives it. What is not text travels as JSON. */
export const sqsRecord = (messageId: string, message: unknown, attributes: Record<string, string> = {}): SQSRecord => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body: typeof message === 'string' ? message : JSON.stringify(message),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'sender', ApproximateFirstReceiveTimestamp: '0', ...attributes },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:queue',
  awsRegion: 'eu-central-1',
});

/** A message of a FIFO queue. */
export const fifoRecord = (messageId: string, message: unknown, group: string, sequenceNumber = '1'): SQSRecord =>
  sqsRecord(messageId, message, { MessageGroupId: group, MessageDeduplicationId: messageId, SequenceNumber: sequenceNumber });

/** A batch of messages. */
export const sqsEvent = (...Records: SQSRecord[]): SQSEvent => ({ Records });

/** The response of a handler whose messages failed, by their ids. */
export const failed = (...ids: string[]): { batchItemFailures: { itemIdentifier: string }[] } =>
  ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
