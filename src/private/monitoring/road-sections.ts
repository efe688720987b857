import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { messagesAndEmptyReceives, outcomeMetric, outcomesByCode, publishedEvents } from './metrics';
import type { Graph } from './road-dashboard';
import { handlerNameOf, type MonitoredPart } from './watched';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';

/** The services under which the parts count; undefined where a part is not watched. */
export interface Services {
  readonly ingest?: string;
  readonly files?: string;
  readonly processor?: string;
  readonly lifecycle?: string;
}

/** The door: how many come, how long they wait, and who is turned away. */
export const apiGraphs = ({ api }: RealtimeOrderIngest): Graph[] => [
  { title: 'Requests', lines: [api.metricCount({ statistic: Stats.SUM, label: 'requests' })] },
  {
    title: 'Latency (ms)',
    lines: [
      ...[50, 99].map((percent) => api.metricLatency({ statistic: Stats.percentile(percent), label: `p${percent}` })),
      api.metricIntegrationLatency({ statistic: Stats.percentile(99), label: 'p99 behind the API' }),
    ],
  },
  {
    title: 'Errors',
    lines: [
      api.metricClientError({ statistic: Stats.SUM, label: '4xx: the client\'s' }),
      api.metricServerError({ statistic: Stats.SUM, label: '5xx: ours' }),
    ],
  },
];

/** The queues, in the order of the road. */
export const queueGraphs = (parts: readonly MonitoredPart[]): Graph[] => [
  { title: 'Depth', lines: ofQueues(parts, (queue, label) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label })) },
  {
    title: 'Age of the oldest message (s)',
    lines: ofQueues(parts, (queue, label) => queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label })),
  },
  { title: 'Done', lines: ofQueues(parts, (queue, label) => queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM, label })) },
];

/** What became of orders and files. */
export const outcomeGraphs = ({ ingest, files, processor, lifecycle }: Services): Graph[] => [
  {
    title: 'Orders by outcome',
    lines: [
      ...counts(ingest, { OrderReceived: 'received over the API' }),
      ...counts(files, { OrderExtracted: 'from files' }),
      ...counts(ingest, { OrderValidated: 'validated', OrderRejected: 'rejected' }),
      ...counts(processor, { OrderConfirmed: 'confirmed' }),
    ],
  },
  {
    title: 'Changes, cancellations and fulfillments by outcome',
    lines: [
      ...counts(processor, {
        OrderChanged: 'changed', OrderChangeRefused: 'change refused', OrderCancelled: 'cancelled', OrderCancellationRefused: 'cancellation refused',
      }),
      ...counts(lifecycle, { OrderFulfilled: 'fulfilled' }),
      ...counts(processor, { OrderFulfillmentRefused: 'fulfillment refused' }),
    ],
  },
  {
    title: 'Rejections and refusals by code',
    lines: [...new Set([ingest, processor, lifecycle])].filter((service) => service !== undefined).map(outcomesByCode),
  },
  { title: 'Files', lines: counts(files, { FileValidated: 'accepted', FileRejected: 'rejected', FileCompleted: 'completed', FileContinued: 'handed on' }) },
];

/** How the functions are, and how far announcements are behind. */
export const functionGraphs = (parts: readonly MonitoredPart[], announcer?: LambdaFunction): Graph[] => [
  { title: 'Errors', lines: ofFunctions(parts, (handler, label) => handler.metricErrors({ statistic: Stats.SUM, label })) },
  { title: 'Throttles', lines: ofFunctions(parts, (handler, label) => handler.metricThrottles({ statistic: Stats.SUM, label })) },
  { title: 'Duration p99 (ms)', lines: ofFunctions(parts, (handler, label) => handler.metricDuration({ statistic: Stats.percentile(99), label })) },
  {
    title: 'Announcements behind the orders table (ms)',
    lines: announcer ? [announcer.metric('IteratorAge', { statistic: Stats.MAXIMUM, label: 'oldest change' })] : [],
  },
];

/** What did not go well at once: what is tried again, and what nobody can work on. */
export const retryGraphs = (services: readonly string[]): Graph[] => [
  { title: 'Messages that are tried again', lines: services.map((service) => outcomeMetric(service, 'ConsumeFailed', { label: service })) },
  { title: 'Messages that cannot be read', lines: services.map((service) => outcomeMetric(service, 'PoisonMessage', { label: service })) },
];

/** What the bill grows with. */
export const costGraphs = (parts: readonly MonitoredPart[]): Graph[] => [
  { title: 'Calls of functions', lines: ofFunctions(parts, (handler, label) => handler.metricInvocations({ statistic: Stats.SUM, label })) },
  { title: 'Messages and empty receives', lines: ofQueues(parts, messagesAndEmptyReceives) },
  {
    title: 'Write capacity of tables',
    lines: parts.flatMap(({ tables }) => tables)
      .map((table) => table.metricConsumedWriteCapacityUnits({ statistic: Stats.SUM, label: table.node.id })),
  },
  { title: 'Published events', lines: [publishedEvents()] },
];

const ofQueues = (parts: readonly MonitoredPart[], line: (queue: IQueue, label: string) => IMetric): IMetric[] =>
  parts.flatMap(({ queues }) => queues.map(({ queue }) => line(queue, queue.node.id)));

const ofFunctions = (parts: readonly MonitoredPart[], line: (handler: LambdaFunction, label: string) => IMetric): IMetric[] =>
  parts.flatMap(({ functions }) => functions.map((handler) => line(handler, handlerNameOf(handler))));

const counts = (service: string | undefined, labels: Record<string, string>): IMetric[] =>
  (service === undefined ? [] : Object.entries(labels).map(([outcome, label]) => outcomeMetric(service, outcome, { label })));
