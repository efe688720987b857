import { Duration, Token } from 'aws-cdk-lib';
import { CONSUMER_TIMEOUT, DEAD_LETTER_RETENTION, MAX_RECEIVE_COUNT, QUEUE_RETENTION, VISIBILITY_FACTOR } from './queue-with-dead-letter-queue';
import { durationAbove, durationBetween, durationKnown, integerBetween, type ValidationError } from './validate';
import type { ApiHandlerOptions, ConsumerOptions, HandlerOptions, QueueConsumerOptions } from '../options';

/** The integration timeout of API Gateway. */
const API_TIMEOUT_LIMIT = Duration.seconds(29);

/** Validates memory and timeout of a handler. `prop` is the option of the construct, such as `receiveOrder`. */
export function validateHandler(prop: string, { memorySize, timeout }: HandlerOptions = {}, longest = Duration.minutes(15)): ValidationError[] {
  return [
    integerBetween(`${prop}.memorySize`, memorySize, 128, 10_240),
    durationBetween(`${prop}.timeout`, timeout, Duration.seconds(1), longest),
  ];
}

/** Validates a handler of the REST API. */
export const validateApiHandler = (prop: string, options?: ApiHandlerOptions): ValidationError[] =>
  [...validateHandler(prop, options, API_TIMEOUT_LIMIT), integerBetween(`${prop}.reservedConcurrency`, options?.reservedConcurrency, 1, 1_000_000)];

/** Validates a queue and its consumer. */
export const validateQueueConsumer = (prop: string, options: QueueConsumerOptions = {}): ValidationError[] =>
  [...validateConsumer(prop, options, CONSUMER_TIMEOUT), integerBetween(`${prop}.batchSize`, options.batchSize, 1, 10)];

/** Validates a queue and its consumer, whose batch size is not an option. */
export function validateConsumer(prop: string, options: ConsumerOptions = {}, defaultTimeout: Duration): ValidationError[] {
  const retention = options.retentionPeriod ?? QUEUE_RETENTION;
  const errors = [
    ...validateHandler(prop, options),
    durationKnown(`${prop}.timeout`, options.timeout, 'the visibility timeout of the queue is six times as long'),
    integerBetween(`${prop}.maxConcurrency`, options.maxConcurrency, 2, 1000),
    integerBetween(`${prop}.maxReceiveCount`, options.maxReceiveCount, 1, 1000),
    durationBetween(`${prop}.retentionPeriod`, options.retentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
    durationBetween(`${prop}.deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
    durationAbove(
      `${prop}.deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod ?? DEAD_LETTER_RETENTION,
      `\`${prop}.retentionPeriod\``, retention,
    ),
  ];
  // An option that is out of range would cause a second error here.
  if (errors.some((error) => error !== undefined)) return errors;
  return [validateRetentionCoversReceives(prop, retention, options.timeout ?? defaultTimeout, options.maxReceiveCount ?? MAX_RECEIVE_COUNT)];
}

/** SQS deletes a message at the end of its retention, even between two receives: the message would not reach the dead-letter queue. */
function validateRetentionCoversReceives(prop: string, retention: Duration, timeout: Duration, maxReceiveCount: number): ValidationError {
  if (retention.isUnresolved() || timeout.isUnresolved() || Token.isUnresolved(maxReceiveCount)) return undefined;
  const receives = Duration.millis(timeout.toMilliseconds() * VISIBILITY_FACTOR * maxReceiveCount);
  return durationAbove(`${prop}.retentionPeriod`, retention, `${VISIBILITY_FACTOR} × timeout × maxReceiveCount`, receives);
}
