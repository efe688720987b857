import type { Duration } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { PartAlarm, PartGraph } from '../pipeline-part';

const metric = (api: GraphqlApi, metricName: string, options: { statistic: string; period?: Duration; label?: string }): Metric =>
  new Metric({ namespace: 'AWS/AppSync', metricName, dimensionsMap: { GraphQLAPIId: api.apiId }, ...options });

/** The alarms of a GraphQL API. Failed fields are errors of the functions, which have alarms of their own. */
export const graphqlAlarms = (api: GraphqlApi, resolvers: readonly LambdaFunction[]): PartAlarm[] => [
  {
    kind: 'apiErrors',
    id: 'GraphqlApiErrors',
    metric: (period) => new MathExpression({
      expression: 'IF(requests > 0, FILL(errors, 0) / requests, 0)',
      usingMetrics: {
        errors: metric(api, '5XXError', { statistic: Stats.SUM }), requests: metric(api, 'Latency', { statistic: Stats.SAMPLE_COUNT }),
      },
      label: '5xx',
      period,
    }),
    description: `The GraphQL API ${api.name} returns 5xx responses: AppSync itself failed, or cannot authorize requests. Orders in these requests were not accepted, and clients can retry. `
      + `Fields are resolved by the functions ${resolvers.map(({ functionName }) => functionName).join(' and ')}.`,
  },
  {
    kind: 'apiLatency',
    id: 'GraphqlApiLatency',
    metric: (period) => metric(api, 'Latency', { statistic: Stats.percentile(99), period }),
    description: `One in a hundred requests to the GraphQL API ${api.name} is slow, and clients may time out. On the dashboard, compare it with the duration of the functions: cold starts after a `
      + 'deployment, a slow queue or table, or requests with many fields? More memory gives a function more CPU.',
  },
];

/** The graphs of a GraphQL API. */
export const graphqlGraphs = (api: GraphqlApi): PartGraph[] => [
  { section: 'API', title: 'GraphQL requests', lines: [metric(api, 'Latency', { statistic: Stats.SAMPLE_COUNT, label: 'requests' })] },
  {
    section: 'API',
    title: 'GraphQL latency (ms)',
    lines: [50, 99].map((percent) => metric(api, 'Latency', { statistic: Stats.percentile(percent), label: `p${percent}` })),
  },
  {
    section: 'API',
    title: 'GraphQL errors',
    lines: [metric(api, '4XXError', { statistic: Stats.SUM, label: '4xx' }), metric(api, '5XXError', { statistic: Stats.SUM, label: '5xx' })],
  },
];
