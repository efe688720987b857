import type { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { validateFileIngestOptions, type BatchFileIngestOptions } from './batch-file-options';
import { validateBusIngestOptions, type BusOrderIngestOptions } from './bus-order-ingest';
import type { CommonOptions } from './options';
import { validateConfirmationFlowOptions, type OrderConfirmationFlowOptions } from './order-confirmation-flow';
import { validateEventBusOptions } from './order-event-bus-options';
import { validateHistoryOptions, type OrderEventHistoryOptions } from './order-event-history';
import { validateFileOutcomesOptions, type OrderFileOutcomesOptions } from './order-file-outcomes';
import { validateGraphqlOptions, type OrderGraphqlApiOptions } from './order-graphql-options';
import { validateLifecycleOptions, type OrderLifecycleFlowsOptions } from './order-lifecycle-options';
import { validateLiveUpdatesOptions, type OrderLiveUpdatesOptions } from './order-live-updates-options';
import type { OrderPipelineMonitoringOptions } from './order-pipeline-monitoring-options';
import { validateProcessorOptions, type OrderProcessorOptions } from './order-processor-options';
import { validateQueriesOptions, type OrderQueriesOptions } from './order-queries';
import { validateRedriveOptions, type OrderRedriveOptions } from './order-redrive';
import type { OrderSource } from './order-source';
import { validateStreamOptions, type OrderStreamOptions } from './order-stream-options';
import type { OrderWebhooksOptions } from './order-webhooks-options';
import { validateMonitoringOptions } from './private/monitoring/validate-monitoring-options';
import { validateSources } from './private/sources/validate-sources';
import { cannotBeSet, type ValidationError } from './private/validate';
import { validateVpc } from './private/validate-vpc';
import { validatePipelineWebhooks } from './private/webhooks/pipeline-webhooks';
import { validateIngestOptions, type RealtimeOrderIngestOptions } from './realtime-order-options';

/**
 * Properties of `OrderPipeline`. All of them are optional.
 */
export interface OrderPipelineProps
  extends CommonOptions, RealtimeOrderIngestOptions, BatchFileIngestOptions, BusOrderIngestOptions, OrderProcessorOptions,
  OrderConfirmationFlowOptions, OrderLifecycleFlowsOptions, OrderEventHistoryOptions, OrderFileOutcomesOptions,
  OrderQueriesOptions, OrderRedriveOptions {
  /**
   * Whether the pipeline receives orders in files.
   *
   * @default true
   */
  readonly fileIngest?: boolean;

  /**
   * Whether other systems can place orders by events: `OrderPlacementRequested` on the bus.
   *
   * @default true
   */
  readonly orderPlacements?: boolean;

  /**
   * Streams, topics and queues of the app whose records are orders.
   *
   * @default - none
   */
  readonly sources?: OrderSource[];

  /**
   * Whether the pipeline stores all events about orders, for `GET /orders/{orderId}/events`.
   *
   * @default true
   */
  readonly history?: boolean;

  /**
   * Whether the pipeline has the function that redrives dead-letter queues, for `npx cdk-order-pipeline redrive`.
   *
   * @default true
   */
  readonly redrive?: boolean;

  /**
   * Streams all events of the pipeline for analysis: a Kinesis data stream for several consumers, and a bucket with a Glue table and named queries of
   * Athena. `{}` is a stream with the defaults.
   *
   * @default - no stream
   */
  readonly stream?: OrderStreamOptions;

  /**
   * Webhooks, which send events to other systems by signed HTTP requests.
   *
   * @default - none; `{}` for those that are created over the API
   */
  readonly webhooks?: OrderWebhooksOptions;

  /**
   * Live updates of orders, customers and files over a WebSocket API, for pages that show orders as they change.
   *
   * @default - no live updates
   */
  readonly liveUpdates?: OrderLiveUpdatesOptions;

  /**
   * Options of a GraphQL API, beside the REST or HTTP API.
   *
   * @default - no GraphQL API
   */
  readonly graphqlApi?: OrderGraphqlApiOptions;

  /**
   * Options of alarms and dashboard. An alarm costs about 0.10 USD and the dashboard 3 USD a month.
   *
   * @default - alarms without notifications, and a dashboard
   */
  readonly monitoring?: OrderPipelineMonitoringOptions;

  /**
   * An existing bus to use.
   *
   * @default - a new custom bus
   */
  readonly eventBus?: IEventBus;

  /**
   * Whether an archive keeps the pipeline's events for replay.
   *
   * @default true
   */
  readonly archive?: boolean;

  /**
   * The retention of the archive, whole days, at least one.
   *
   * @default Duration.days(30)
   */
  readonly archiveRetention?: Duration;

  /**
   * Whether the stack has outputs for the first request: the URL of the API, the command that prints the API key, where to upload files, the URL
   * of the dashboard, and the command that places an example order. Their keys begin with the path of the pipeline in its stack, such as
   * `OrdersApiUrl`. A pipeline in a nested stack has them in the parent stack.
   *
   * @default true
   */
  readonly outputs?: boolean;
}

/** Validates the options of all parts at once, before the first part fails. */
export function validatePipelineOptions(scope: Construct, props: OrderPipelineProps): ValidationError[] {
  return [
    ...validateEventBusOptions(props),
    ...validateVpc(scope, props),
    ...validateIngestOptions(scope, props),
    ...(props.fileIngest ?? true ? [...validateFileIngestOptions(scope, props), ...validateFileOutcomesOptions(props)] : cannotBeSet(props, FILE_OPTIONS, 'when `fileIngest` is false')),
    ...(props.orderPlacements ?? true ? validateBusIngestOptions(props) : cannotBeSet(props, ['receiveOrderEvent'], 'when `orderPlacements` is false')),
    ...validateSources(scope, props.sources, props.tenants),
    ...validateProcessorOptions(scope, props),
    ...(props.confirmation ? validateConfirmationFlowOptions(scope, props) : cannotBeSet(props, CONFIRMATION_OPTIONS, 'without `confirmation`')),
    ...validateLifecycleOptions(props),
    ...(props.history ?? true ? validateHistoryOptions(scope, props) : cannotBeSet(props, HISTORY_OPTIONS, 'when `history` is false')),
    ...(props.stream ? validateStreamOptions(scope, { ...props.stream, removalPolicy: props.removalPolicy }, 'stream.') : []),
    ...validateQueriesOptions(props),
    ...(props.redrive ?? true ? validateRedriveOptions(props) : cannotBeSet(props, ['redriveDeadLetters'], 'when `redrive` is false')),
    ...validatePipelineWebhooks(scope, props),
    ...validateLiveUpdatesOptions(props.liveUpdates ?? {}, 'liveUpdates.'),
    ...(props.graphqlApi ? validateGraphqlOptions(scope, props.graphqlApi, props, 'graphqlApi.') : []),
    ...validateMonitoringOptions(props.monitoring, 'monitoring.'),
    ...(createsNoOrderTable(props) ? cannotBeSet(props, ['warmThroughput'], 'when the pipeline creates no table of orders, sequence numbers or history') : []),
  ];
}

const FILE_OPTIONS = [
  'bucket', 'autoDeleteObjects', 'serverAccessLogsBucket', 'fileSuffixes', 'ignoredFileNames', 'ignoreEmptyFiles', 'csv', 'onInvalidOrder', 'onExistingOrder', 'maxFileSize',
  'maxOrdersPerFile', 'fileRetention', 'reportRetention', 'fileHistoryRetention', 'alertTopic', 'alertEmails', 'alertSubscriptions', 'validateFile',
  'extractOrders', 'recordFileOutcomes', 'queryFiles',
] as const;

const CONFIRMATION_OPTIONS = ['requestConfirmation', 'decideConfirmation'] as const;

const HISTORY_OPTIONS = ['historyRetention', 'recordOrderEvent', 'queryOrderEvents'] as const;

const createsNoOrderTable = ({ ordersTable, sequenceTable, history }: OrderPipelineProps): boolean =>
  ordersTable !== undefined && sequenceTable !== undefined && history === false;
