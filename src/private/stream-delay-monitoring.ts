import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { PartAlarm, PartGraph } from './pipeline-part';

/** Both consumers of the stream have the same graph. */
const DELAY_TITLE = 'Delay of the stream of orders (ms)';

/** The alarm for changes that stay in the stream of the orders table. */
export const delayedChangesAlarm = (handler: LambdaFunction): PartAlarm => ({
  kind: 'delayedChanges',
  id: 'PublishOrderChangesDelayed',
  metric: (period) => handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period }),
  description: 'Events about orders are published late, so subscribers do not receive confirmed and changed orders: publish-order-changes (function '
    + `${handler.functionName}) does not process the stream of the orders table. The cause is in its log group ${handler.logGroup.logGroupName}, such as a bus that rejects `
    + 'events. After 24 hours, changes leave the stream and go to the dead-letter queue of the changes.',
});

/** The alarm for outcomes of files that stay in the stream. */
export const delayedOutcomesAlarm = (handler: LambdaFunction): PartAlarm => ({
  kind: 'delayedChanges',
  id: 'RecordFileOutcomesDelayed',
  metric: (period) => handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period }),
  description: 'The status of order files is out of date: record-file-outcomes (function '
    + `${handler.functionName}) does not process the stream of the orders table. Orders themselves are not delayed. The cause is in its log group `
    + `${handler.logGroup.logGroupName}, such as a throttled files table. After 24 hours, outcomes leave the stream and go to the dead-letter queue of the outcomes.`,
});

/** The graph of the age of these outcomes. */
export const delayedOutcomesGraph = (handler: LambdaFunction): PartGraph => ({
  section: 'Functions',
  title: DELAY_TITLE,
  lines: [handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, label: 'oldest outcome of a file' })],
});

/** The graph of the age of these changes. */
export const delayedChangesGraph = (handler: LambdaFunction): PartGraph => ({
  section: 'Functions',
  title: DELAY_TITLE,
  lines: [handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, label: 'oldest change' })],
});
