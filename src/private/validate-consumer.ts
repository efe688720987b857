import { Duration } from 'aws-cdk-lib';
import { CONSUMER_TIMEOUT, DEAD_LETTER_RETENTION } from './queue-with-dead-letter-queue';
import { MAX_RETRY_DURATION, minMessageAge, retriesOf, type Retries } from './retries';
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
  const errors = [
    ...validateHandler(prop, options),
    durationKnown(`${prop}.timeout`, options.timeout, 'the visibility timeout of the queue is six times as long'),
    integerBetween(`${prop}.maxConcurrency`, options.maxConcurrency, 2, 1000),
    durationKnown(`${prop}.retryDuration`, options.retryDuration, 'the visibility timeout and the retention of the queue follow from it'),
    durationBetween(`${prop}.retryDuration`, options.retryDuration, Duration.minutes(1), MAX_RETRY_DURATION),
    durationKnown(`${prop}.retentionPeriod`, options.retentionPeriod, 'the maximum age of a message follows from it'),
    durationBetween(`${prop}.retentionPeriod`, options.retentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
    durationBetween(`${prop}.deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
  ];
  // An option that is out of range would cause a second error here.
  return errors.some((error) => error !== undefined) ? errors : validateRetention(prop, options, retriesOf(options, defaultTimeout));
}

/** SQS deletes a message at the end of its retention, even between two attempts: the message would not reach the dead-letter queue. */
function validateRetention(prop: string, { deadLetterRetentionPeriod }: ConsumerOptions, retries: Retries): ValidationError[] {
  const { retention, maxMessageAge } = retries;
  const needed = retention.minus(maxMessageAge).plus(minMessageAge(retries));
  return [
    durationAbove(`${prop}.deadLetterRetentionPeriod`, deadLetterRetentionPeriod ?? DEAD_LETTER_RETENTION, `\`${prop}.retentionPeriod\``, retention),
    maxMessageAge.toSeconds() >= minMessageAge(retries).toSeconds() ? undefined
      : `\`${prop}.retentionPeriod\` must be at least ${needed.toHumanString()}, twice \`${prop}.retryDuration\` and time for two more attempts, `
        + `got ${retention.toHumanString()}`,
  ];
}
