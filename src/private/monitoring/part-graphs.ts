import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { messagesAndEmptyReceives, outcomeMetric, outcomesByCode, publishedEvents } from './metrics';
import type { MonitoredPart } from './monitored-part';
import type { Graph } from './pipeline-dashboard';
import { DEAD_LETTERED_OUTCOMES } from '../contract';
import { functionsOf, queueConsumersOf, type DashboardSection } from '../pipeline-part';

type Parts = readonly MonitoredPart[];

/** The graphs that parts declare for a section. Graphs with the same title become one. */
export function ownGraphs(parts: Parts, section: DashboardSection): Graph[] {
  const graphs = new Map<string, IMetric[]>();
  for (const each of parts.flatMap((part) => part.graphs ?? []).filter((graph) => graph.section === section)) {
    graphs.set(each.title, [...graphs.get(each.title) ?? [], ...each.lines]);
  }
  return [...graphs].map(([title, lines]) => ({ title, lines }));
}

/** The graphs of queues. */
export const queueGraphs = (parts: Parts): Graph[] => [
  { title: 'Depth', lines: ofQueues(parts, (queue, label) => queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label })) },
  {
    title: 'Age of the oldest message (s)',
    lines: ofQueues(parts, (queue, label) => queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label })),
  },
  { title: 'Deleted messages', lines: ofQueues(parts, (queue, label) => queue.metricNumberOfMessagesDeleted({ statistic: Stats.SUM, label })) },
];

/** The graphs of outcomes. */
export function outcomeGraphs(parts: Parts): Graph[] {
  const graphs = new Map<string, IMetric[]>();
  for (const { outcomes = [], metricsService } of parts) {
    for (const { graph, metric, label } of outcomes) {
      graphs.set(graph, [...graphs.get(graph) ?? [], outcomeMetric(metricsService, metric, { label })]);
    }
  }
  const services = new Set(parts.filter(({ countsCodes }) => countsCodes).map(({ metricsService }) => metricsService));
  return [...[...graphs].map(([title, lines]) => ({ title, lines })), { title: 'Rejections and refusals by code', lines: [...services].map(outcomesByCode) }];
}

/** The graphs of functions. */
export const functionGraphs = (parts: Parts): Graph[] => [
  { title: 'Errors', lines: ofFunctions(parts, (handler, label) => handler.metricErrors({ statistic: Stats.SUM, label })) },
  { title: 'Throttles', lines: ofFunctions(parts, (handler, label) => handler.metricThrottles({ statistic: Stats.SUM, label })) },
  { title: 'Duration p99 (ms)', lines: ofFunctions(parts, (handler, label) => handler.metricDuration({ statistic: Stats.percentile(99), label })) },
  ...ownGraphs(parts, 'Functions'),
];

/** The graphs of messages that are retried or cannot be processed. */
export function retryGraphs(parts: Parts): Graph[] {
  const services = [...new Set(parts.filter((part) => queueConsumersOf(part).length > 0).map(({ metricsService }) => metricsService))];
  return [
    { title: 'Retried messages', lines: services.map((service) => outcomeMetric(service, 'ConsumeFailed', { label: service })) },
    {
      title: 'Messages sent to dead-letter queues',
      lines: services.flatMap((service) => DEAD_LETTERED_OUTCOMES.map((outcome) => outcomeMetric(service, outcome, { label: `${service} ${outcome}` }))),
    },
  ];
}

/** The graphs of cost drivers. */
export const costGraphs = (parts: Parts): Graph[] => [
  { title: 'Invocations', lines: ofFunctions(parts, (handler, label) => handler.metricInvocations({ statistic: Stats.SUM, label })) },
  { title: 'Messages and empty receives', lines: ofQueues(parts, messagesAndEmptyReceives) },
  {
    title: 'Write capacity of tables',
    lines: parts.flatMap(({ tables = [] }) => tables)
      .map((table) => table.metricConsumedWriteCapacityUnits({ statistic: Stats.SUM, label: table.node.id })),
  },
  { title: 'Published events', lines: [publishedEvents()] },
];

const ofQueues = (parts: Parts, line: (queue: IQueue, label: string) => IMetric): IMetric[] =>
  parts.flatMap(queueConsumersOf).map(({ queue }) => line(queue, queue.node.id));

const ofFunctions = (parts: Parts, line: (handler: LambdaFunction, label: string) => IMetric): IMetric[] =>
  parts.flatMap(functionsOf).map(({ function: handler }) => line(handler, handlerNameOf(handler)));

/** Converts the construct id `ProcessOrder` to the name of the handler, `process-order`. */
export const handlerNameOf = ({ node }: LambdaFunction): string => node.id.replace(/\B[A-Z]/g, '-$&').toLowerCase();
