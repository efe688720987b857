import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { outcomeMetric, rejectedShare } from './metrics';
import type { BatchFileIngest } from '../../batch-file-ingest';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';

/** Watches the API: whether it answers, and how fast. */
export function watchApi(scope: Construct, { api, receiveOrderFunction }: RealtimeOrderIngest, board: AlarmBoard): void {
  board.add(scope, 'ApiErrors', 'apiErrors', {
    // Its average is the share of the requests.
    metric: (period) => api.metricServerError({ statistic: Stats.AVERAGE, period }),
    description: `The API ${api.restApiName} answers requests with a 5xx, which no client can bring about: a function behind it failed, was throttled, or could not reach a queue or `
      + `table. The access log names the route and its status; orders are received by the function ${receiveOrderFunction.functionName}, log group ${receiveOrderFunction.logGroup.logGroupName}.`,
  });
  board.add(scope, 'ApiLatency', 'apiLatency', {
    metric: (period) => api.metricLatency({ statistic: Stats.percentile(99), period }),
    description: `The API ${api.restApiName} is slow for one request in a hundred. Compare its integration latency and the duration of the functions on the dashboard: is it one route, `
      + 'a cold start after a deployment, or a queue or table that answers slowly? More memory gives a function more CPU.',
  });
}

/** Watches how many orders are rejected. */
export const watchRejections = (scope: Construct, { validateOrderFunction }: RealtimeOrderIngest, service: string, board: AlarmBoard): void =>
  board.add(scope, 'RejectedOrders', 'rejectedOrders', {
    metric: (period) => rejectedShare(service, period),
    description: 'Validation rejects an unusual share of the orders. Each rejection has its reasons in OrderRejected on the bus and in GET /orders/{orderId}. Did a client, a price list or the '
      + `validation hook change? The ids are in the log group ${validateOrderFunction.logGroup.logGroupName} of validate-order, under OrderRejected.`,
  });

/** Watches whether files are rejected. */
export const watchFiles = (scope: Construct, { bucket, validateFileFunction }: BatchFileIngest, service: string, board: AlarmBoard): void =>
  board.add(scope, 'RejectedFiles', 'rejectedFiles', {
    metric: (period) => outcomeMetric(service, 'FileRejected', { period }),
    description: `A file in the bucket ${bucket.bucketName} was rejected, and nothing of it was sent. Its reason is in the alert, in OrderFileRejected on the bus and in GET /files?state=REJECTED, `
      + `its report under reports/. Upload a corrected file. What validate-file says is in the log group ${validateFileFunction.logGroup.logGroupName}.`,
  });
