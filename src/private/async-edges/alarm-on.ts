import { idsIn, listOf } from './template';
import type { Place, TemplateIndex } from './template-index';

/** The alarm that looks at how many messages a queue holds, alone or in metric math. */
export const alarmOn = (queue: Place, index: TemplateIndex): Place | undefined => index.ofType('AWS::CloudWatch::Alarm').find(({ properties }) =>
  [properties, ...listOf(properties.Metrics).map(({ MetricStat }) => ({ ...MetricStat?.Metric }))].some(({ MetricName, Dimensions }) =>
    /^ApproximateNumberOfMessages(Not)?Visible$/.test(MetricName) && idsIn(Dimensions).includes(queue.id)));
