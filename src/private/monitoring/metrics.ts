import { Duration, Fn } from 'aws-cdk-lib';
import { MathExpression, Metric, SearchExpression, Stats, type DimensionsMap, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { METRICS_NAMESPACE } from '../bundled-function';
import { OUTCOME_CODE_DIMENSION } from '../contract';

/** The period of graphs. */
const PERIOD = Duration.minutes(5);

/** Counts an outcome in the handlers of a service. */
export const outcomeMetric = (service: string, outcome: string, options: MetricOptions = {}): Metric => new Metric({
  namespace: METRICS_NAMESPACE, metricName: outcome, dimensionsMap: { service }, statistic: Stats.SUM, period: PERIOD, ...options,
});

/** Counts rejections and refusals by code. The search finds all codes of the last two weeks, also new ones. */
export const outcomesByCode = (service: string): IMetric => new SearchExpression({
  expression: `SEARCH('{${METRICS_NAMESPACE},service,${OUTCOME_CODE_DIMENSION}} service="${service}"', '${Stats.SUM}', ${PERIOD.toSeconds()})`,
  label: `\${PROP('MetricName')} \${PROP('Dim.${OUTCOME_CODE_DIMENSION}')}`,
  period: PERIOD,
});

/** The age of the oldest message in seconds when no message was deleted in the period; otherwise zero. */
export const stalledFor = (queue: IQueue, period: Duration): IMetric => new MathExpression({
  expression: 'IF(FILL(deleted, 0) < 1, age, 0)',
  usingMetrics: {
    age: queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
    deleted: queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM }),
  },
  label: 'stalled',
  period,
});

/** The cost driver of a queue: its messages and empty receives. SQS has no metric of requests, which contain up to ten messages each. */
export function messagesAndEmptyReceives(queue: IQueue, label: string): IMetric {
  // Ids must be unique within a graph.
  const idOf = (name: string) => `${label.charAt(0).toLowerCase()}${label.slice(1)}_${name}`;
  const usingMetrics = {
    [idOf('sent')]: queue.metricNumberOfMessagesSent({ statistic: Stats.SUM }),
    [idOf('received')]: queue.metricNumberOfMessagesReceived({ statistic: Stats.SUM }),
    [idOf('deleted')]: queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM }),
    [idOf('empty')]: queue.metricNumberOfEmptyReceives({ statistic: Stats.SUM }),
  };
  const expression = Object.keys(usingMetrics).map((each) => `FILL(${each}, 0)`).join(' + ');
  return new MathExpression({ expression, usingMetrics, label, period: PERIOD });
}

/** A metric of a rule. */
export const ruleMetric = (rule: Rule, metricName: string, options: MetricOptions = {}): Metric => new Metric({
  namespace: 'AWS/Events', metricName, dimensionsMap: ruleDimensions(rule), statistic: Stats.SUM, period: PERIOD, ...options,
}).attachTo(rule);

/** On a custom bus, `Ref` returns `bus|rule`, but the dimension is the name of the rule. The ARN contains it. */
function ruleDimensions(rule: Rule): DimensionsMap {
  const { eventBusName } = rule.node.defaultChild as CfnRule;
  if (!eventBusName || eventBusName === 'default') return { RuleName: rule.ruleName };
  return { EventBusName: eventBusName, RuleName: Fn.select(2, Fn.split('/', rule.ruleArn)) };
}

/** The published events of the account. EventBridge has no metric for each bus. */
export const publishedEvents = (): Metric =>
  new Metric({ namespace: 'AWS/Events', metricName: 'PutEventsEntriesCount', statistic: Stats.SUM, period: PERIOD, label: 'events (whole account)' });
