import { idsIn, listOf } from './template';
import type { Place, TemplateIndex } from './template-index';

/**
 * The alarm that looks at how many messages wait in a queue, alone or in metric math. How many are in flight would tell nothing: nobody receives
 * from a dead-letter queue.
 */
export const alarmOn = (queue: Place, index: TemplateIndex): Place | undefined => index.ofType('AWS::CloudWatch::Alarm').find(({ properties }) =>
  [properties, ...listOf(properties.Metrics).map(({ MetricStat }) => ({ ...MetricStat?.Metric }))].some(({ MetricName, Dimensions }) =>
    MetricName === 'ApproximateNumberOfMessagesVisible' && idsIn(Dimensions).includes(queue.id)));
