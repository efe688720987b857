import { Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { MathExpression, Metric, SearchExpression, Stats, type DimensionsMap, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { METRICS_NAMESPACE } from '../bundled-function';
import { CODE_DIMENSION, VALIDATION_CODES } from '../contract';

/** What graphs show. */
const PERIOD = Duration.minutes(5);

/** The `service` under which a handler counts, as it was told itself. */
export function serviceOf(handler: LambdaFunction): string {
  const environment = Stack.of(handler).resolve((handler.node.defaultChild as CfnFunction).environment);
  return Token.asString(environment.variables.POWERTOOLS_SERVICE_NAME);
}

/** How often handlers of a service reported an outcome. */
export const outcomeMetric = (service: string, outcome: string, options: MetricOptions = {}): Metric => new Metric({
  namespace: METRICS_NAMESPACE, metricName: outcome, dimensionsMap: { service }, statistic: Stats.SUM, period: PERIOD, ...options,
});

/** How often orders were rejected and commands refused, for each code that there was in the last two weeks: new ones come by themselves. */
export const outcomesByCode = (service: string): IMetric => new SearchExpression({
  expression: `SEARCH('{${METRICS_NAMESPACE},service,${CODE_DIMENSION}} service="${service}"', '${Stats.SUM}', ${PERIOD.toSeconds()})`,
  label: `\${PROP('MetricName')} \${PROP('Dim.${CODE_DIMENSION}')}`,
  period: PERIOD,
});

/** So few orders say nothing about the share of those that are rejected. */
const FEWEST_ORDERS = 10;

/** The share of the orders that validation rejects. What is rejected later was validated before, and would count twice. */
export function rejectedShare(service: string, period: Duration): IMetric {
  const rejections = VALIDATION_CODES.map((code, index) => [
    `rejected${index}`, outcomeMetric(service, 'OrderRejected', { dimensionsMap: { service, [CODE_DIMENSION]: code } }),
  ] as const);
  const rejected = rejections.map(([id]) => `FILL(${id}, 0)`).join(' + ');
  const all = `FILL(validated, 0) + ${rejected}`;
  return new MathExpression({
    expression: `IF(${all} >= ${FEWEST_ORDERS}, (${rejected}) / (${all}), 0)`,
    usingMetrics: { validated: outcomeMetric(service, 'OrderValidated'), ...Object.fromEntries(rejections) },
    label: 'rejected',
    period,
  });
}

/** How old the oldest message of a queue is, in seconds, while none is done; else zero. */
export const stalledFor = (queue: IQueue, period: Duration): IMetric => new MathExpression({
  expression: 'IF(FILL(done, 0) < 1, age, 0)',
  usingMetrics: {
    age: queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
    done: queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM }),
  },
  label: 'stalled',
  period,
});

/** What a queue costs: its messages, and the calls that found none. SQS counts no requests, which may carry ten messages each. */
export function messagesAndEmptyReceives(queue: IQueue, label: string): IMetric {
  // In one graph with others, each needs ids of its own.
  const own = (name: string) => `${label.charAt(0).toLowerCase()}${label.slice(1)}_${name}`;
  const usingMetrics = {
    [own('sent')]: queue.metricNumberOfMessagesSent({ statistic: Stats.SUM }),
    [own('received')]: queue.metricNumberOfMessagesReceived({ statistic: Stats.SUM }),
    [own('done')]: queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM }),
    [own('empty')]: queue.metricNumberOfEmptyReceives({ statistic: Stats.SUM }),
  };
  const expression = Object.keys(usingMetrics).map((each) => `FILL(${each}, 0)`).join(' + ');
  return new MathExpression({ expression, usingMetrics, label, period: PERIOD });
}

/** What EventBridge counts of a rule. */
export const ruleMetric = (rule: Rule, metricName: string, options: MetricOptions = {}): Metric => new Metric({
  namespace: 'AWS/Events', metricName, dimensionsMap: ruleDimensions(rule), statistic: Stats.SUM, period: PERIOD, ...options,
}).attachTo(rule);

/** On a bus other than the default one, `Ref` gives `bus|rule`, and the dimension is the name alone: it is taken from the ARN. */
function ruleDimensions(rule: Rule): DimensionsMap {
  const { eventBusName } = rule.node.defaultChild as CfnRule;
  if (!eventBusName || eventBusName === 'default') return { RuleName: rule.ruleName };
  return { EventBusName: eventBusName, RuleName: Fn.select(2, Fn.split('/', rule.ruleArn)) };
}

/** How many events the account publishes: EventBridge does not count them by bus. */
export const publishedEvents = (): Metric =>
  new Metric({ namespace: 'AWS/Events', metricName: 'PutEventsEntriesCount', statistic: Stats.SUM, period: PERIOD, label: 'events (whole account)' });
