import type { Duration } from 'aws-cdk-lib';
import type { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { MathExpression, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LIVE_FAILURE_OUTCOME } from '../contract';
import { outcomeMetric } from '../monitoring/metrics';
import type { PartAlarm, PartGraph, PartOutcome } from '../pipeline-part';

/** The alarm about connections and messages that were answered with an error of the pipeline. */
export const liveErrorsAlarm = (api: WebSocketApi, receiveLiveMessageFunction: LambdaFunction): PartAlarm => ({
  kind: 'apiErrors',
  id: 'LiveUpdatesErrors',
  metric: (period, serviceName) => failureRatio(api, period, serviceName),
  description: `The WebSocket API ${api.apiId} refuses connections or answers messages with an error of the pipeline: a table, the bus or the API itself did not respond. Orders are not `
    + 'affected; pages show them late, and clients can retry. The error is in the log group '
    + `${receiveLiveMessageFunction.logGroup.logGroupName} of receive-live-message (function ${receiveLiveMessageFunction.functionName}).`,
});

const failureRatio = (api: WebSocketApi, period: Duration, serviceName: string): IMetric => new MathExpression({
  expression: 'IF(FILL(connections, 0) + FILL(messages, 0) > 0, FILL(failures, 0) / (FILL(connections, 0) + FILL(messages, 0)), 0)',
  usingMetrics: {
    failures: outcomeMetric(serviceName, LIVE_FAILURE_OUTCOME),
    connections: api.metric('ConnectCount', { statistic: Stats.SUM }),
    messages: api.metric('MessageCount', { statistic: Stats.SUM }),
  },
  label: 'errors of live updates',
  period,
});

/** The graphs of the WebSocket API. */
export const liveGraphs = (api: WebSocketApi): PartGraph[] => [{
  section: 'API',
  title: 'Live updates',
  lines: [['ConnectCount', 'connections'], ['MessageCount', 'messages'], ['ExecutionError', 'errors of API Gateway']]
    .map(([name, label]) => api.metric(name, { statistic: Stats.SUM, label })),
}];

/** What the handlers of live updates count. */
export const LIVE_OUTCOMES: readonly PartOutcome[] = [
  ['LiveConnectionOpened', 'connections opened'], ['LiveConnectionClosed', 'connections closed'], ['LiveConnectionDenied', 'connections denied'],
  ['LiveSubscriptionStarted', 'subscriptions'], ['LiveUpdateSent', 'updates sent'], ['LiveConnectionDeleted', 'stale connections deleted'],
].map(([metric, label]) => ({ graph: 'Live updates by outcome', metric, label }));
