import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { PartAlarm, PartGraph } from './pipeline-part';

/** The alarms of the REST API. */
export const apiAlarms = (api: RestApi, receiveOrderFunction: LambdaFunction): PartAlarm[] => [
  {
    kind: 'apiErrors',
    id: 'ApiErrors',
    // The average is the ratio of 5xx responses to requests.
    metric: (period) => api.metricServerError({ statistic: Stats.AVERAGE, period }),
    description: `The API ${api.restApiName} returns 5xx responses: a function failed or was throttled, or cannot reach a queue or table. Orders in these `
      + 'requests were not accepted, and clients can retry. The access log has the route and the status; orders are received by the function '
      + `${receiveOrderFunction.functionName}, log group ${receiveOrderFunction.logGroup.logGroupName}.`,
  },
  {
    kind: 'apiLatency',
    id: 'ApiLatency',
    metric: (period) => api.metricLatency({ statistic: Stats.percentile(99), period }),
    description: `One in a hundred requests to the API ${api.restApiName} is slow, and clients may time out. On the dashboard, compare the integration latency with the `
      + 'duration of the functions: one slow route, cold starts after a deployment, or a slow queue or table? More memory gives a function more CPU.',
  },
];

/** The graphs of the REST API. */
export const apiGraphs = (api: RestApi): PartGraph[] => [
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
