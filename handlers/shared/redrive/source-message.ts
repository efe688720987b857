import type { DynamoDBBatchResponse } from 'aws-lambda';
import { jsonOf, type DeadLetterMessage } from './dead-letter-message';
import type { RedriveRoute } from './redrive-routes';
import { RetryableError } from '../messaging/retryable-error';

/** Attributes that say why a message is in a dead-letter queue: EventBridge's, and ours, which come together. They are no part of the message. */
const OF_EVENT_BRIDGE = ['RULE_ARN', 'TARGET_ARN', 'ERROR_CODE', 'ERROR_MESSAGE', 'EXHAUSTED_RETRY_CONDITION', 'RETRY_ATTEMPTS'];
const OURS = ['Reason', 'SourceArn'];

/**
 * A message as it goes back. In a FIFO queue its deduplication id is its id in the dead-letter queue: a second try after a crash is dropped, and
 * the same command that failed again, whose id there is another, is not.
 */
export function toSourceMessage({ id, body, group, attributes }: DeadLetterMessage, { isFifo }: Pick<RedriveRoute, 'isFifo'>) {
  const aboutFailure = OURS.every((name) => name in attributes) ? [...OF_EVENT_BRIDGE, ...OURS] : OF_EVENT_BRIDGE;
  const own = Object.entries(attributes).filter(([name]) => !aboutFailure.includes(name));
  return {
    MessageBody: body,
    ...(own.length > 0 ? { MessageAttributes: Object.fromEntries(own) } : {}),
    ...(group === undefined ? {} : { MessageGroupId: group }),
    ...(isFifo ? { MessageDeduplicationId: id } : {}),
  };
}

/** A record of a stream as its consumer gets it. */
export const toStreamEvent = (message: DeadLetterMessage): { readonly Records: readonly unknown[] } => ({ Records: [jsonOf(message)] });

/**
 * Checks what the consumer of a stream answered.
 *
 * @throws RetryableError when it did not take the record.
 */
export function assertConsumed(answer: string, functionError: string | undefined): void {
  if (functionError) throw new RetryableError('ConsumerFailed', 'the consumer of the stream failed; its own log says why');
  const { batchItemFailures = [] } = JSON.parse(answer) as Partial<DynamoDBBatchResponse>;
  if (batchItemFailures.length > 0) throw new RetryableError('RecordNotConsumed', 'the consumer of the stream did not take the record');
}
