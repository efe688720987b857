import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { handlerNameOf } from './part-graphs';
import { isQueueConsumer, type AppConsumer, type DirectConsumer, type PartConsumer, type QueueConsumer } from '../pipeline-part';

/** Adds the alarm for the dead-letter queue of a consumer. */
export function addConsumerAlarm(scope: Construct, id: string, consumer: QueueConsumer | DirectConsumer, alarms: AlarmFactory): void {
  const { deadLetterQueue } = consumer;
  addDeadLetterAlarm(scope, id, deadLetterQueue, isQueueConsumer(consumer)
    ? `Messages of the queue ${consumer.queue.queueName} could not be processed and are in ${deadLetterQueue.queueName}; their orders, commands or events are not complete. `
      + `${causeIn(consumer)} Fix the cause, then redrive the dead-letter queue. Messages that were already processed have no effect.`
    : `${consumer.deadLetters}. The messages are in ${deadLetterQueue.queueName}. ${causeIn(consumer)} ${consumer.resolution}`, alarms);
}

/** Adds the alarm for the dead-letter queue of a subscription. */
export function addSubscriptionAlarm(scope: Construct, id: string, queue: Queue, rule: Rule, alarms: AlarmFactory): void {
  addDeadLetterAlarm(scope, id, queue, `EventBridge could not deliver events of the subscription ${rule.node.path} (rule ${rule.ruleName}) to its target. They are in `
    + `${queue.queueName} with the error in the message attributes. Check the target and its policy and key policy, then send the events to the target from the queue.`, alarms);
}

/** Adds the alarm for the dead-letter queue of a consumer of the app. */
export function addAppConsumerAlarm(scope: Construct, { id, deadLetterQueue, deadLetters, resolution }: AppConsumer, alarms: AlarmFactory): void {
  addDeadLetterAlarm(scope, id, deadLetterQueue, `${deadLetters}. They are in ${deadLetterQueue.queueName}. ${resolution}`, alarms);
}

/** Adds the alarm for a dead-letter queue of the app. */
export function addAppAlarm(scope: Construct, id: string, queue: IQueue, alarms: AlarmFactory): void {
  addDeadLetterAlarm(scope, id, queue, `Messages could not be delivered or processed and are in ${queue.queueName} (${queue.node.path}). Their message attributes can have the `
    + 'error. Fix the destination or consumer, then send the messages to it from the queue.', alarms);
}

function addDeadLetterAlarm(scope: Construct, id: string, queue: IQueue, description: string, alarms: AlarmFactory): void {
  alarms.addAlarm(scope, `${id}NotEmpty`, 'deadLetters', {
    metric: (period) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period }),
    description,
  });
}

const causeIn = ({ function: handler }: PartConsumer): string =>
  `The cause is in the log group ${handler.logGroup.logGroupName} of ${handlerNameOf(handler)}, at PoisonMessage, ConsumeFailed or ERROR.`;
