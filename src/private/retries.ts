import { Duration } from 'aws-cdk-lib';
import { ABANDONED_AFTER, MAX_RETRY_DELAY } from './contract';
import type { ConsumerOptions } from '../options';

/** How long a queue retries a message by default: as long as EventBridge retries the delivery of an event. */
export const RETRY_DURATION = Duration.hours(24);

/** Beyond, the attempts with back-off would exceed the maximum receive count. */
export const MAX_RETRY_DURATION = Duration.days(5);

/**
 * The maximum of SQS. Handlers end the retries of a message themselves, by time, and say why. SQS moves only messages whose invocations all
 * crash, time out or are throttled.
 */
export const MAX_RECEIVE_COUNT = 1000;

/** The delays before the back-off reaches its maximum; see `retryDelay` of the handlers. */
const SHORT_DELAYS = 10;

/** The default of SQS. */
export const QUEUE_RETENTION = Duration.days(4);

/** The visibility timeout in multiples of the function's timeout, as AWS recommends. */
export const VISIBILITY_FACTOR = 6;

/** The settings of a queue and its consumer that follow from how long a message is retried. */
export interface Retries {
  readonly retryDuration: Duration;
  readonly visibilityTimeout: Duration;
  readonly retention: Duration;
  /** A message that is older when an attempt fails goes to the dead-letter queue. */
  readonly maxMessageAge: Duration;
}

/** The settings of a queue for the options of its consumer. */
export function retriesOf({ timeout, retryDuration = RETRY_DURATION, retentionPeriod }: ConsumerOptions, defaultTimeout: Duration): Retries {
  const visibility = visibilityTimeoutOf(timeout ?? defaultTimeout, retryDuration);
  const retention = retentionPeriod ?? defaultRetention(retryDuration);
  // There is still time for two attempts before the message would expire.
  const lastAttempts = 2 * Math.max(visibility.toSeconds(), MAX_RETRY_DELAY);
  const maxMessageAge = Duration.seconds(Math.max(0, retention.toSeconds() - lastAttempts));
  return { retryDuration, visibilityTimeout: visibility, retention, maxMessageAge };
}

/** The shortest maximum age: until then, messages whose invocations do not complete are retried. */
export const minMessageAge = ({ retryDuration }: Retries): Duration => Duration.seconds(ABANDONED_AFTER * retryDuration.toSeconds());

/** A message is invisible while the function processes it, and after a crash for so long that its receives last for all of its retries. */
const visibilityTimeoutOf = (timeout: Duration, retryDuration: Duration): Duration => Duration.seconds(Math.max(
  timeout.toSeconds() * VISIBILITY_FACTOR,
  Math.ceil((retryDuration.toSeconds() * ABANDONED_AFTER) / (MAX_RECEIVE_COUNT - SHORT_DELAYS)),
));

/** A message also waits in the queue before its first receive. */
const defaultRetention = (retryDuration: Duration): Duration =>
  Duration.days(Math.max(QUEUE_RETENTION.toDays(), Math.ceil((ABANDONED_AFTER * retryDuration.toSeconds()) / 86_400) + 2));
