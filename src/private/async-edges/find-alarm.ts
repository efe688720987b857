import { asList, referencedIds } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/**
 * Finds the alarm on the visible messages of a dead-letter queue, either directly or through metric math. An alarm on messages in flight does not
 * count: a dead-letter queue has no consumer.
 */
export const findAlarm = (queue: IndexedResource, index: TemplateIndex): IndexedResource | undefined =>
  index.resourcesOfType('AWS::CloudWatch::Alarm').find(({ properties }) =>
    [properties, ...asList(properties.Metrics).map(({ MetricStat }) => ({ ...MetricStat?.Metric }))].some(({ MetricName, Dimensions }) =>
      MetricName === 'ApproximateNumberOfMessagesVisible' && referencedIds(Dimensions).includes(queue.id)));
