import { Duration } from 'aws-cdk-lib';
import { Rule, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EVENTS_TARGET_QUEUE_SAME_ACCOUNT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { QueueWithDeadLetterQueue } from './queue-with-dead-letter-queue';

/**
 * Prepares a construct, before it has children, for routes: new rules may put events into a queue for this account and nobody else's,
 * also when the queue has a key of its own.
 */
export const restrictEventTargetsToAccount = (scope: Construct): void => scope.node.setContext(EVENTS_TARGET_QUEUE_SAME_ACCOUNT, true);

/**
 * Routes events into a queue, for as long as EventBridge tries. What it cannot deliver goes to the queue's own dead-letter queue, in the
 * same form.
 */
export function routeEvents(
  scope: Construct, id: string, eventBus: IEventBus, { queue, deadLetterQueue }: QueueWithDeadLetterQueue, eventPattern: EventPattern,
): Rule {
  const target = new SqsQueue(queue, { deadLetterQueue, retryAttempts: 185, maxEventAge: Duration.hours(24) });
  return new Rule(scope, id, { eventBus, eventPattern, targets: [target] });
}
