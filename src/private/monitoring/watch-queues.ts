import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { stalledFor } from './metrics';
import { handlerNameOf, idWithin, type MonitoredPart, type MonitoredQueue } from './watched';
import type { OrderProcessor } from '../../order-processor';

/** Watches the queues of a part: whether they drain, and whether anything of them ends in a dead-letter queue. */
export function watchQueues(scope: Construct, { part, queues }: MonitoredPart, board: AlarmBoard): void {
  for (const { queue, deadLetterQueue, consumer } of queues) {
    watchDeadLetters(scope, idWithin(part, deadLetterQueue), deadLetterQueue, afterQueue({ queue, deadLetterQueue, consumer }), board);
    board.add(scope, `${idWithin(part, queue)}Stalled`, 'stalledQueues', {
      metric: (period) => stalledFor(queue, period),
      description: `The queue ${queue.queueName} does not drain: its oldest message is old, and none was done. `
        + `${handlerNameOf(consumer)} (function ${consumer.functionName}) gets none, or gets none done. Is its event source on, may it read and decrypt the queue, `
        + `is it throttled, does what lies behind it answer? What it says is in the log group ${consumer.logGroup.logGroupName}.`,
    });
  }
}

/** Watches the dead-letter queues of the processor that are behind no queue of the road. */
export function watchProcessorDeadLetters(scope: Construct, processor: OrderProcessor, board: AlarmBoard): void {
  const { changesDeadLetterQueue: changes, expiryDeadLetterQueue: expiry, publishOrderChangesFunction, expirePendingCommandsFunction } = processor;
  watchDeadLetters(scope, idWithin(processor, changes), changes, afterStream(changes, publishOrderChangesFunction), board);
  watchDeadLetters(scope, idWithin(processor, expiry), expiry, afterSchedule(expiry, expirePendingCommandsFunction), board);
}

/** Watches the dead-letter queue that a subscription made for itself. */
export function watchSubscriptionDeadLetters(scope: Construct, id: string, queue: Queue, rule: Rule, board: AlarmBoard): void {
  watchDeadLetters(scope, id, queue, `EventBridge could not deliver events of the subscription ${rule.node.path} (rule ${rule.ruleName}): they wait in ${queue.queueName}, `
    + 'each with its error in the message attributes. Is the target there, and does it let EventBridge in? Then send them to it again from the queue.', board);
}

/** Watches a dead-letter queue of the app's own. */
export function watchOwnDeadLetters(scope: Construct, id: string, queue: IQueue, board: AlarmBoard): void {
  watchDeadLetters(scope, id, queue, `Something could not be handed over and waits in ${queue.queueName} (${queue.node.path}). Its message attributes may say why. Is who should `
    + 'have got it there, and does it work? Then send it on from the queue.', board);
}

function watchDeadLetters(scope: Construct, id: string, queue: IQueue, description: string, board: AlarmBoard): void {
  board.add(scope, `${id}NotEmpty`, 'deadLetters', {
    metric: (period) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period }),
    description,
  });
}

const afterQueue = ({ queue, deadLetterQueue, consumer }: MonitoredQueue): string =>
  `Something on its way through the queue ${queue.queueName} could not be done and waits in ${deadLetterQueue.queueName}. ${findOut(consumer)} `
  + 'Mend the cause, then redrive the dead-letter queue: what was done before is not done twice.';

const afterStream = (queue: Queue, consumer: LambdaFunction): string =>
  `What happened to orders could not be announced on the bus; it waits in ${queue.queueName}. ${findOut(consumer)} `
  + 'Mend the cause, then redrive the dead-letter queue. After a day of trouble a message only says where in the stream of the orders table the records were.';

const afterSchedule = (queue: Queue, consumer: LambdaFunction): string =>
  `A call failed that refuses commands which waited for too long; it is in ${queue.queueName}. ${findOut(consumer)} `
  + 'The next call does what this one left: once they succeed again, purge the dead-letter queue.';

const findOut = (consumer: LambdaFunction): string =>
  `Find out why in the log group ${consumer.logGroup.logGroupName} of ${handlerNameOf(consumer)}, under PoisonMessage, ConsumeFailed or ERROR.`;
