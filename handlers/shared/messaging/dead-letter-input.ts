import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';

type DeadLetterInput = Omit<SendMessageCommandInput, 'QueueUrl'>;

/**
 * A poison message as it goes where it would end anyway, at once and with its reason: retrying it would only block the messages
 * behind it. The body and, on a FIFO queue, the message group are kept, so that it can be redriven.
 */
export const deadLetterInput = ({ body, messageId, attributes, eventSourceARN }: SQSRecord, reason: string): DeadLetterInput => ({
  MessageBody: body,
  MessageAttributes: stringAttributes({ Reason: reason, SourceArn: eventSourceARN }),
  ...(attributes.MessageGroupId ? { MessageGroupId: attributes.MessageGroupId, MessageDeduplicationId: messageId } : {}),
});

/** The same for a record of a table's stream, which is kept whole. */
export const streamDeadLetterInput = (record: DynamoDBRecord, reason: string): DeadLetterInput => ({
  MessageBody: JSON.stringify(record),
  MessageAttributes: stringAttributes({ Reason: reason, SourceArn: record.eventSourceARN ?? 'unknown' }),
});

const stringAttributes = (values: Record<string, string>): DeadLetterInput['MessageAttributes'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { DataType: 'String', StringValue: value.slice(0, 1024) }]));
