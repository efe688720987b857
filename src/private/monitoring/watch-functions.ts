import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { handlerNameOf, idWithin, type MonitoredPart } from './watched';

/** Watches the functions of a part: whether they fail, and whether they are called. */
export function watchFunctions(scope: Construct, { part, functions }: MonitoredPart, board: AlarmBoard): void {
  for (const handler of functions) {
    const id = idWithin(part, handler);
    const named = `${handlerNameOf(handler)} (function ${handler.functionName})`;
    board.add(scope, `${id}Errors`, 'functionErrors', {
      metric: (period) => handler.metricErrors({ statistic: Stats.SUM, period }),
      description: `${named} failed: it crashed, ran out of time or memory, or did not start. It answers wrong orders and passing trouble without failing, so look at the `
        + `code, its timeout and its memory. Its log group ${handler.logGroup.logGroupName} says what happened. ${afterError(handlerNameOf(handler))}`,
    });
    board.add(scope, `${id}Throttles`, 'functionThrottles', {
      metric: (period) => handler.metricThrottles({ statistic: Stats.SUM, period }),
      description: `${named} was not called, because too many functions run in this account and region, or too many of its own where its concurrency is limited. Raise the `
        + 'quota of concurrent executions, or lower maxConcurrency of the queues: a message that is throttled often ends in a dead-letter queue.',
    });
  }
}

/** Watches how far announcements are behind the orders table. */
export const watchStream = (scope: Construct, handler: LambdaFunction, board: AlarmBoard): void => board.add(scope, 'PublishOrderChangesDelayed', 'delayedChanges', {
  metric: (period) => handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period }),
  description: `What happened to orders is announced late: the stream of the orders table waits for ${handlerNameOf(handler)} (function ${handler.functionName}). `
    + `Its log group ${handler.logGroup.logGroupName} says what keeps it, such as a bus that refuses events. After a day the stream forgets, and what was not announced goes to `
    + 'the dead-letter queue of the changes.',
});

/** What follows when a function failed. */
function afterError(handler: string): string {
  if (/^(receive|query)-/.test(handler)) return 'Whoever asked got a 5xx, and may ask again.';
  switch (handler) {
    case 'expire-pending-commands': return 'The next call does what this one left.';
    case 'redrive-dead-letters':
      return 'Whoever called it was told why, and may have asked for something that it does not know. No message is lost: call it again.';
    default: return 'Messages of a queue or stream are tried again.';
  }
}
