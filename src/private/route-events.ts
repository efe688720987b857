import { Duration } from 'aws-cdk-lib';
import { Rule, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EVENTS_TARGET_QUEUE_SAME_ACCOUNT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { QueueWithDeadLetterQueue } from './queue-with-dead-letter-queue';

/**
 * Restricts the queue policies of new rules below a construct to this account, also for encrypted queues. Call it before the construct has
 * children.
 */
export const restrictEventTargetsToAccount = (scope: Construct): void => scope.node.setContext(EVENTS_TARGET_QUEUE_SAME_ACCOUNT, true);

/**
 * Routes events to a queue, with the maximum retries of EventBridge. Events that it cannot deliver go to the dead-letter queue of the queue,
 * in the same format.
 */
export function routeEvents(
  scope: Construct, id: string, eventBus: IEventBus, { queue, deadLetterQueue }: QueueWithDeadLetterQueue, eventPattern: EventPattern,
): Rule {
  const target = new SqsQueue(queue, { deadLetterQueue, retryAttempts: 185, maxEventAge: Duration.hours(24) });
  return new Rule(scope, id, { eventBus, eventPattern, targets: [target] });
}
