import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';

/** A record of a batch: a message of a queue, or a change from a table's stream. */
export type BatchRecord = SQSRecord | DynamoDBRecord;

/** The message group of a record; its own ID on a queue without groups. */
export const messageGroupOf = ({ attributes, messageId }: SQSRecord): string => attributes.MessageGroupId ?? messageId;

/** The ID of a record. A stream has no message groups: Lambda retries from the first failure on. */
export const eventIdOf = (record: BatchRecord): string => ('messageId' in record ? record.messageId : record.eventID!);

/** Lambda identifies a message by its ID, and a stream record by its sequence number. */
export const itemIdentifierOf = (record: BatchRecord): string => ('messageId' in record ? record.messageId : record.dynamodb!.SequenceNumber!);
