import type { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BatchFileIngest } from './batch-file-ingest';
import type { BatchFileIngestOptions } from './batch-file-options';
import type { CommonOptions } from './options';
import { OrderEventBus } from './order-event-bus';
import { OrderEventHistory, type OrderEventHistoryOptions } from './order-event-history';
import { OrderLifecycleFlows } from './order-lifecycle-flows';
import type { OrderLifecycleFlowsOptions } from './order-lifecycle-options';
import { OrderPipelineMonitoring } from './order-pipeline-monitoring';
import type { OrderPipelineMonitoringOptions } from './order-pipeline-monitoring-options';
import { OrderProcessor, type OrderProcessorOptions } from './order-processor';
import { OrderQueries, type OrderQueriesOptions } from './order-queries';
import { OrderRedrive, type OrderRedriveOptions } from './order-redrive';
import { validateEdgesOnSynth } from './private/async-edges/validate-edges-on-synth';
import {
  validateEventBusOptions, validateIngestOptions, validateLifecycleOptions, validateOptionalFileOptions, validateOptionalHistoryOptions, validateOptionalRedriveOptions, validateProcessorOptions,
  validateQueriesOptions,
} from './private/findings';
import { hasAlarms } from './private/monitoring/alarm-kinds';
import { validateMonitoringOptions } from './private/monitoring/monitoring-findings';
import { assertProps } from './private/validate';
import { RealtimeOrderIngest } from './realtime-order-ingest';
import type { RealtimeOrderIngestOptions } from './realtime-order-options';

/**
 * Properties of `OrderPipeline`. All of them can be left out.
 */
export interface OrderPipelineProps
  extends CommonOptions, RealtimeOrderIngestOptions, BatchFileIngestOptions, OrderProcessorOptions, OrderLifecycleFlowsOptions,
  OrderEventHistoryOptions, OrderQueriesOptions, OrderRedriveOptions {
  /**
   * Whether orders also come as files.
   *
   * @default true
   */
  readonly fileIngest?: boolean;

  /**
   * Whether every event of every order is kept, and can be asked for: `GET /orders/{orderId}/events`.
   *
   * @default true
   */
  readonly history?: boolean;

  /**
   * Whether there is a function that puts back what is in dead-letter queues, for `npx cdk-order-pipeline redrive`.
   *
   * @default true
   */
  readonly redrive?: boolean;

  /**
   * What is watched, and who is told. 64 alarms and a dashboard cost about 9.40 USD a month.
   *
   * @default - alarms without actions, and a dashboard
   */
  readonly monitoring?: OrderPipelineMonitoringOptions;

  /**
   * An existing bus to use.
   *
   * @default - a new custom bus
   */
  readonly eventBus?: IEventBus;

  /**
   * Whether the bus keeps the pipeline's events so that they can be replayed.
   *
   * @default true
   */
  readonly archive?: boolean;

  /**
   * How long the archive keeps events, at least a day.
   *
   * @default Duration.days(30)
   */
  readonly archiveRetention?: Duration;
}

/**
 * A complete order system: REST API and order files, queues, validation, event bus, orders table, changes and cancellations, and the
 * events that come back out of it.
 *
 * @example
 * new OrderPipeline(this, 'Orders');
 */
export class OrderPipeline extends Construct {
  /** Where the pipeline says what happens to orders. Hang on it whatever comes next. */
  public readonly events: OrderEventBus;

  /** Takes orders one at a time. */
  public readonly ingest: RealtimeOrderIngest;

  /** Takes orders from files; undefined when that is left out. */
  public readonly files?: BatchFileIngest;

  /** Stores orders and announces them. */
  public readonly processor: OrderProcessor;

  /** Changes, cancels and fulfills orders; undefined when none of these is wanted. */
  public readonly lifecycle?: OrderLifecycleFlows;

  /** Keeps every event of every order; undefined when that is left out. */
  public readonly history?: OrderEventHistory;

  /** Answers questions about orders. */
  public readonly queries: OrderQueries;

  /** Puts back what is in dead-letter queues; undefined when that is left out. */
  public readonly redrive?: OrderRedrive;

  /** Alarms and a dashboard. */
  public readonly monitoring: OrderPipelineMonitoring;

  constructor(scope: Construct, id: string, props: OrderPipelineProps = {}) {
    super(scope, id);
    // All parts at once, before the first of them complains.
    assertProps(this, [
      ...validateEventBusOptions(props), ...validateIngestOptions(this, props), ...validateOptionalFileOptions(this, props), ...validateProcessorOptions(this, props),
      ...validateLifecycleOptions(props), ...validateOptionalHistoryOptions(this, props), ...validateQueriesOptions(props),
      ...validateOptionalRedriveOptions(props), ...validateMonitoringOptions(props.monitoring, 'monitoring.'),
      isNothingToRemove(props) ? 'removalPolicy is of no use where no table and no bucket is made' : undefined,
    ]);
    const common = { ...props, serviceName: props.serviceName ?? this.node.path };

    this.events = new OrderEventBus(this, 'Events', props);
    const { eventBus, eventSource } = this.events;
    this.ingest = new RealtimeOrderIngest(this, 'Ingest', { ...common, eventBus, eventSource });
    if (props.fileIngest ?? true) {
      this.files = new BatchFileIngest(this, 'Files', { ...common, eventBus, eventSource, ordersQueue: this.ingest.ordersQueue });
    }
    this.processor = new OrderProcessor(this, 'Processor', {
      ...common, eventBus, eventSource, removalPolicy: props.ordersTable ? undefined : props.removalPolicy,
    });
    if ([props.orderChanges, props.orderCancellations, props.orderFulfillments].some((flow) => flow ?? true)) {
      this.lifecycle = new OrderLifecycleFlows(this, 'Lifecycle', {
        ...common, eventBus, eventSource, ingest: this.ingest, sequenceTable: undefined, ordersTable: this.processor.ordersTable,
      });
    }
    if (props.history ?? true) this.history = new OrderEventHistory(this, 'History', { ...common, eventBus, eventSource });
    this.queries = new OrderQueries(this, 'Queries', {
      ...common,
      eventBus,
      eventSource,
      ingest: this.ingest,
      ordersTable: this.processor.ordersTable,
      historyTable: this.history?.historyTable,
      filesTable: this.files?.filesTable,
    });
    if (props.redrive ?? true) this.redrive = new OrderRedrive(this, 'Redrive', { ...common, ...this.parts, eventBus, eventSource });
    this.monitoring = new OrderPipelineMonitoring(this, 'Monitoring', { ...props.monitoring, ...this.parts, redrive: this.redrive });
    validateEdgesOnSynth(this, { requireAlarms: hasAlarms('deadLetters', props.monitoring) });
  }

  /** What operations look at. */
  private get parts() {
    const { ingest, files, events, processor, lifecycle, history, queries } = this;
    return { ingest, files, events, processor, lifecycle, history, queries };
  }
}

/** Whether every table is given or left out, and files too. */
const isNothingToRemove = ({ removalPolicy, ordersTable, sequenceTable, history, fileIngest }: OrderPipelineProps): boolean =>
  removalPolicy !== undefined && ordersTable !== undefined && sequenceTable !== undefined && history === false && fileIngest === false;
