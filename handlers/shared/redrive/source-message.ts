import type { DynamoDBBatchResponse } from 'aws-lambda';
import { parseBody, type DeadLetterMessage } from './dead-letter-message';
import type { RedriveRoute } from './redrive-routes';
import { valueAt } from '../json/value-at';
import { RetryableError } from '../messaging/errors';

/** Attributes about the failure, added by EventBridge and by our handlers, which always add both. They are not part of the original message. */
const EVENT_BRIDGE_ATTRIBUTES = ['RULE_ARN', 'TARGET_ARN', 'ERROR_CODE', 'ERROR_MESSAGE', 'EXHAUSTED_RETRY_CONDITION', 'RETRY_ATTEMPTS'];
const HANDLER_ATTRIBUTES = ['Reason', 'SourceArn'];

/**
 * Converts a message for its source queue. In a FIFO queue, the deduplication ID is the message ID in the dead-letter queue: SQS drops a repeat
 * after a crash, but not a command that failed again, because it has a new message ID.
 */
export function toSourceMessage({ id, body, group, attributes }: DeadLetterMessage, { isFifo }: Pick<RedriveRoute, 'isFifo'>) {
  const isFromHandler = HANDLER_ATTRIBUTES.every((name) => name in attributes);
  const failureAttributes = isFromHandler ? [...EVENT_BRIDGE_ATTRIBUTES, ...HANDLER_ATTRIBUTES] : EVENT_BRIDGE_ATTRIBUTES;
  const own = Object.entries(attributes).filter(([name]) => !failureAttributes.includes(name));
  return {
    MessageBody: body,
    ...(own.length > 0 ? { MessageAttributes: Object.fromEntries(own) } : {}),
    ...(group === undefined ? {} : { MessageGroupId: group }),
    ...(isFifo ? { MessageDeduplicationId: id } : {}),
  };
}

/** Returns the size of a message as SQS counts it: its body, and the names, types and values of its attributes. */
export const sourceMessageBytes = ({ body, attributes }: DeadLetterMessage): number =>
  Object.entries(attributes).reduce((sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
    sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0), Buffer.byteLength(body));

/** Creates the event with which the consumer of a stream receives one record. */
export const toStreamEvent = (message: DeadLetterMessage): { readonly Records: readonly unknown[] } => ({ Records: [parseBody(message)] });

/**
 * Checks the response of a stream's consumer.
 *
 * @throws RetryableError when the consumer did not process the record.
 */
export function assertConsumed(response: string, functionError: string | undefined): void {
  if (functionError) throw new RetryableError('ConsumerFailed', 'the consumer of the stream failed; see its log');
  const { batchItemFailures = [] } = JSON.parse(response) as Partial<DynamoDBBatchResponse>;
  if (batchItemFailures.length > 0) throw new RetryableError('RecordNotConsumed', 'the consumer of the stream did not process the record');
}

/** Returns why a message cannot be moved to its source; undefined if it can. */
export function notRedrivableReason(message: DeadLetterMessage, { queueUrl, functionName, notRedrivable }: RedriveRoute): string | undefined {
  if (queueUrl) return undefined;
  if (!functionName) return notRedrivable ?? 'it has no source queue';
  const json = parseBody(message);
  if (typeof valueAt(json, 'dynamodb', 'SequenceNumber') === 'string' || typeof valueAt(json, 'dynamodb', 'NewImage') === 'object') return undefined;
  if (valueAt(json, 'sourceRecord') !== undefined) return undefined;
  if (valueAt(json, 'omittedRecord') !== undefined) return 'the record is too large for the dead-letter queue, which only has its position';
  // Lambda sends these when it stops retrying a batch of a source.
  if (['KinesisBatchInfo', 'KafkaBatchInfo'].some((info) => valueAt(json, info) !== undefined)) return 'it only has the positions of records; read them from the stream or topic';
  // Lambda sends these after a day of failures, when the stream no longer has the records.
  if (valueAt(json, 'DDBStreamBatchInfo') !== undefined) return 'it only refers to stream records, which have expired';
  return 'it is not a stream record';
}
