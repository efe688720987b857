import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { BatchFileIngest } from '../../batch-file-ingest';
import type { OrderEventHistory } from '../../order-event-history';
import type { OrderLifecycleFlows } from '../../order-lifecycle-flows';
import type { OrderPipelineMonitoringProps } from '../../order-pipeline-monitoring';
import type { OrderProcessor } from '../../order-processor';
import type { OrderQueries } from '../../order-queries';
import type { OrderRedrive } from '../../order-redrive';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';

/** A queue of the road. */
export interface MonitoredQueue {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly consumer: LambdaFunction;
}

/** A part of the pipeline, and what there is to watch of it. */
export interface MonitoredPart {
  /** The construct id under which its alarms are. */
  readonly id: string;
  readonly part: IConstruct;
  readonly queues: readonly MonitoredQueue[];
  readonly functions: readonly LambdaFunction[];
  readonly tables: readonly ITableV2[];
}

/** The parts that are watched, in the order in which an order passes. */
export const monitoredParts = ({ files, ingest, processor, lifecycle, history, queries, redrive }: OrderPipelineMonitoringProps): MonitoredPart[] => [
  files && watchedFiles(files),
  ingest && watchedIngest(ingest),
  processor && watchedProcessor(processor),
  lifecycle && watchedLifecycle(lifecycle),
  history && watchedHistory(history),
  queries && watchedQueries(queries),
  redrive && watchedRedrive(redrive),
].filter((watched) => watched !== undefined);

const watchedFiles = (part: BatchFileIngest): MonitoredPart => ({
  id: 'Files',
  part,
  queues: [
    ...behind(part.filesQueue, part.filesDeadLetterQueue, part.validateFileFunction),
    ...behind(part.validFilesQueue, part.validFilesDeadLetterQueue, part.extractOrdersFunction),
  ],
  functions: [part.validateFileFunction, part.extractOrdersFunction],
  tables: [part.filesTable],
});

const watchedIngest = (part: RealtimeOrderIngest): MonitoredPart => ({
  id: 'Ingest',
  part,
  queues: behind(part.ordersQueue, part.ordersDeadLetterQueue, part.validateOrderFunction),
  functions: [part.receiveOrderFunction, part.validateOrderFunction],
  tables: [part.sequenceTable],
});

const watchedProcessor = (part: OrderProcessor): MonitoredPart => ({
  id: 'Processor',
  part,
  queues: behind(part.processingQueue, part.processingDeadLetterQueue, part.processOrderFunction),
  functions: [part.processOrderFunction, part.publishOrderChangesFunction, part.expirePendingCommandsFunction],
  tables: [part.ordersTable],
});

const watchedLifecycle = (part: OrderLifecycleFlows): MonitoredPart => ({
  id: 'Lifecycle',
  part,
  queues: [
    ...behind(part.changeQueue, part.changeDeadLetterQueue, part.changeOrderFunction),
    ...behind(part.cancellationQueue, part.cancellationDeadLetterQueue, part.cancelOrderFunction),
    ...behind(part.fulfillmentQueue, part.fulfillmentDeadLetterQueue, part.fulfillOrderFunction),
  ],
  functions: given(part.receiveOrderChangeFunction, part.receiveOrderCancellationFunction, part.changeOrderFunction, part.cancelOrderFunction, part.fulfillOrderFunction),
  tables: [],
});

const watchedHistory = (part: OrderEventHistory): MonitoredPart => ({
  id: 'History',
  part,
  queues: behind(part.historyQueue, part.historyDeadLetterQueue, part.recordOrderEventFunction),
  functions: [part.recordOrderEventFunction],
  tables: [part.historyTable],
});

const watchedQueries = (part: OrderQueries): MonitoredPart => ({
  id: 'Queries', part, queues: [], functions: given(part.queryOrdersFunction, part.queryOrderEventsFunction, part.queryFilesFunction), tables: [],
});

const watchedRedrive = (part: OrderRedrive): MonitoredPart => ({ id: 'Redrive', part, queues: [], functions: [part.redriveDeadLettersFunction], tables: [] });

const given = (...functions: (LambdaFunction | undefined)[]): LambdaFunction[] => functions.filter((each) => each !== undefined);

const behind = (queue?: Queue, deadLetterQueue?: Queue, consumer?: LambdaFunction): MonitoredQueue[] =>
  (queue && deadLetterQueue && consumer ? [{ queue, deadLetterQueue, consumer }] : []);

/** The rules of a part, or those by which others subscribed to its events. */
export const rulesOf = (part: IConstruct): Rule[] => part.node.findAll().filter((construct) => construct instanceof Rule);

/** Where a construct is in its part, as one construct id: `ChangesDeadLetterQueue`. */
export const idWithin = (part: IConstruct, construct: IConstruct): string => construct.node.path.slice(part.node.path.length + 1).replaceAll('/', '');

/** `ProcessOrder` as people know it: `process-order`. */
export const handlerNameOf = ({ node }: LambdaFunction): string => node.id.replace(/\B[A-Z]/g, '-$&').toLowerCase();
