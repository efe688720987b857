import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';

/** How an action is retried by default: after an error, 2, 4 and 8 seconds later. */
export const ACTION_RETRY: RetryProps = { errors: ['States.ALL'], interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 3, jitterStrategy: JitterType.FULL };

/**
 * How compensations and events are retried: for about a day, like the messages of queues. After that, the execution fails at the state, and can be
 * redriven from there.
 */
export const LASTING_RETRY: RetryProps = {
  errors: ['States.ALL'], interval: Duration.seconds(2), backoffRate: 2, maxDelay: Duration.minutes(15), maxAttempts: 105,
};
