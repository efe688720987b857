import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';

/** A dead-letter message, without its queue. */
export type DeadLetterInput = Omit<SendMessageCommandInput, 'QueueUrl'>;

/**
 * Creates the dead-letter message for a poison message, with the reason. It is sent at once, because retries would only block later messages.
 * The body and the message group stay the same, so that it can be redriven. A standard queue has message groups, too, but no deduplication.
 */
export const deadLetterInput = ({ body, messageId, attributes, eventSourceARN }: SQSRecord, reason: string): DeadLetterInput => ({
  MessageBody: body,
  MessageAttributes: reasonAttributes(reason, eventSourceARN),
  ...(attributes.MessageGroupId ? { MessageGroupId: attributes.MessageGroupId } : {}),
  ...(eventSourceARN.endsWith('.fifo') ? { MessageDeduplicationId: messageId } : {}),
});

/** Creates the dead-letter message for a record of a table's stream: the whole record as JSON. */
export const streamDeadLetterInput = (record: DynamoDBRecord, reason: string): DeadLetterInput => ({
  MessageBody: JSON.stringify(record),
  MessageAttributes: reasonAttributes(reason, record.eventSourceARN ?? 'unknown'),
});

/** The attributes of a dead-letter message: why it is one, and where it comes from. */
export const reasonAttributes = (reason: string, source: string): DeadLetterInput['MessageAttributes'] =>
  Object.fromEntries(Object.entries({ Reason: reason, SourceArn: source })
    .map(([name, value]) => [name, { DataType: 'String', StringValue: value.slice(0, 1024) }]));
