import type { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { SourceTarget } from './source-kind';
import type { PartAlarm } from '../pipeline-part';

const advice = ({ handler, deadLetterQueue }: SourceTarget): string =>
  `Check whether its event source mapping is enabled and can connect, and whether the orders queue accepts messages. The cause is in the log group ${handler.logGroup.logGroupName} of `
  + `receive-source-orders (function ${handler.functionName}), at ConsumeFailed or ERROR. Batches that Lambda stops retrying go to ${deadLetterQueue.queueName}.`;

/** The alarm for records that stay in a Kinesis stream. */
export const delayedRecordsAlarm = (target: SourceTarget): PartAlarm => ({
  kind: 'delayedRecords',
  id: `${target.handler.node.scope!.node.id}Delayed`,
  metric: (period) => target.handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period }),
  description: `Orders of the source ${target.name} are late: records are in the stream for long, and are lost at the end of its retention. ${advice(target)}`,
});

/** The alarm for records that wait in a topic or in a queue of a broker. */
export const sourceBacklogAlarm = (target: SourceTarget, metric: (period: Duration) => IMetric): PartAlarm => ({
  kind: 'sourceBacklog',
  id: `${target.handler.node.scope!.node.id}Backlog`,
  metric,
  description: `Orders of the source ${target.name} are late: many of its records wait. ${advice(target)}`,
});
