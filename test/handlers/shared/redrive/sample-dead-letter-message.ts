import type { DeadLetterMessage, RedriveRoute } from '#shared';

/** Message attributes of type String. */
export const texts = (values: Record<string, string>): DeadLetterMessage['attributes'] =>
  Object.fromEntries(Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));

/** A message in a dead-letter queue. Bodies other than text are serialized as JSON. */
export const sampleDeadLetterMessage = (body: unknown = {}, changes: Partial<DeadLetterMessage> = {}): DeadLetterMessage => ({
  id: 'message-1',
  receiptHandle: 'receipt-1',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  sentAt: 0,
  receiveCount: 1,
  attributes: {},
  ...changes,
});

/** A dead-letter queue with a source queue. */
export const sampleRoute = (changes: Partial<RedriveRoute> = {}): RedriveRoute => ({
  name: 'processing', deadLetterQueueUrl: 'https://sqs.test/1/processing-dlq', queueUrl: 'https://sqs.test/1/processing', isFifo: false, ...changes,
});
