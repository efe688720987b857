import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { handlerNameOf } from './part-graphs';
import type { PartFunction } from '../pipeline-part';

/** Adds the alarms of a function. */
export function addFunctionAlarms(scope: Construct, id: string, { function: handler, afterError }: PartFunction, alarms: AlarmFactory): void {
  const name = `${handlerNameOf(handler)} (function ${handler.functionName})`;
  alarms.addAlarm(scope, `${id}Errors`, 'functionErrors', {
    metric: (period) => handler.metricErrors({ statistic: Stats.SUM, period }),
    description: `${name} failed: it threw an error, timed out, ran out of memory, or did not start. Invalid orders and retryable errors do not fail it, so check its code, timeout `
      + `and memory. The cause is in its log group ${handler.logGroup.logGroupName}. ${afterError}`,
  });
  alarms.addAlarm(scope, `${id}Throttles`, 'functionThrottles', {
    metric: (period) => handler.metricThrottles({ statistic: Stats.SUM, period }),
    description: `${name} was throttled: the concurrent executions reached the quota of the account and region, or the reserved concurrency of the function. Orders are delayed, and `
      + 'messages that are throttled repeatedly go to a dead-letter queue. Raise the quota, or lower maxConcurrency of the queues.',
  });
}
