import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { createDeadLetterQueue, type DeadLetterQueueProps } from './queue-with-dead-letter-queue';

/**
 * Invokes a function on a schedule. A failed invocation is not retried, because the next one does the same work.
 *
 * @returns the dead-letter queue of failed invocations.
 */
export function scheduleFunction(scope: Construct, id: string, handler: Handler, interval: Duration, queueProps: DeadLetterQueueProps): Queue {
  const deadLetterQueue = createDeadLetterQueue(scope, `${id}DeadLetterQueue`, queueProps);
  handler.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: interval, onFailure: new SqsDestination(deadLetterQueue) });
  new Rule(scope, `${id}Schedule`, {
    schedule: Schedule.rate(interval),
    targets: [new LambdaFunction(handler, { deadLetterQueue, retryAttempts: 2, maxEventAge: interval })],
  });
  return deadLetterQueue;
}
