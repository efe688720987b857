import type { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { MathExpression, Stats, type IMetric, type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { PartAlarm, PartGraph } from '../pipeline-part';

/** The metrics of an API of either kind. */
interface ApiMetrics {
  metricCount(options?: MetricOptions): Metric;
  metricLatency(options?: MetricOptions): Metric;
  metricIntegrationLatency(options?: MetricOptions): Metric;
  metricClientError(options?: MetricOptions): Metric;
  metricServerError(options?: MetricOptions): Metric;
}

/** The alarms of a REST API. */
export const restApiAlarms = (api: RestApi, receiveOrderFunction: LambdaFunction): PartAlarm[] =>
  // The average is the ratio of 5xx responses to requests.
  apiAlarms(api.restApiName, api, receiveOrderFunction, (period) => api.metricServerError({ statistic: Stats.AVERAGE, period }));

/** The alarms of an HTTP API. The average of its 5xx responses is not documented. */
export const httpApiAlarms = (api: HttpApi, receiveOrderFunction: LambdaFunction): PartAlarm[] =>
  apiAlarms(api.httpApiName!, api, receiveOrderFunction, (period) => ratioOfServerErrors(api, period));

const ratioOfServerErrors = (api: ApiMetrics, period: Duration): IMetric => new MathExpression({
  expression: 'IF(requests > 0, FILL(errors, 0) / requests, 0)',
  usingMetrics: { errors: api.metricServerError({ statistic: Stats.SUM }), requests: api.metricCount({ statistic: Stats.SUM }) },
  label: '5xx',
  period,
});

const apiAlarms = (
  name: string, api: ApiMetrics, receiveOrderFunction: LambdaFunction, serverErrorRatio: (period: Duration) => IMetric,
): PartAlarm[] => [
  {
    kind: 'apiErrors',
    id: 'ApiErrors',
    metric: serverErrorRatio,
    description: `The API ${name} returns 5xx responses: a function failed or was throttled, or cannot reach a queue or table. Orders in these `
      + 'requests were not accepted, and clients can retry. The access log has the route and the status; orders are received by the function '
      + `${receiveOrderFunction.functionName}, log group ${receiveOrderFunction.logGroup.logGroupName}.`,
  },
  {
    kind: 'apiLatency',
    id: 'ApiLatency',
    metric: (period) => api.metricLatency({ statistic: Stats.percentile(99), period }),
    description: `One in a hundred requests to the API ${name} is slow, and clients may time out. On the dashboard, compare the integration latency with the `
      + 'duration of the functions: one slow route, cold starts after a deployment, or a slow queue or table? More memory gives a function more CPU.',
  },
];

/** The graphs of an API of either kind. */
export const apiGraphs = (api: ApiMetrics): PartGraph[] => [
  { section: 'API', title: 'Requests', lines: [api.metricCount({ statistic: Stats.SUM, label: 'requests' })] },
  {
    section: 'API',
    title: 'Latency (ms)',
    lines: [
      ...[50, 99].map((percent) => api.metricLatency({ statistic: Stats.percentile(percent), label: `p${percent}` })),
      api.metricIntegrationLatency({ statistic: Stats.percentile(99), label: 'p99 of the functions' }),
    ],
  },
  {
    section: 'API',
    title: 'Errors',
    lines: [
      api.metricClientError({ statistic: Stats.SUM, label: '4xx' }),
      api.metricServerError({ statistic: Stats.SUM, label: '5xx' }),
    ],
  },
];
