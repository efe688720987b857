import type { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BatchFileIngest } from './batch-file-ingest';
import type { BatchFileIngestOptions } from './batch-file-options';
import type { CommonOptions } from './options';
import { OrderEventBus } from './order-event-bus';
import { OrderProcessor, type OrderProcessorOptions } from './order-processor';
import { OrderQueries, type OrderQueriesOptions } from './order-queries';
import { eventBusFindings, ingestFindings, optionalFileFindings, processorFindings, queriesFindings } from './private/findings';
import { assertProps, notTogether } from './private/validate';
import { RealtimeOrderIngest, type RealtimeOrderIngestOptions } from './realtime-order-ingest';

/**
 * Properties of `OrderPipeline`. All of them can be left out.
 */
export interface OrderPipelineProps
  extends CommonOptions, RealtimeOrderIngestOptions, BatchFileIngestOptions, OrderProcessorOptions, OrderQueriesOptions {
  /**
   * Whether orders also come as files.
   *
   * @default true
   */
  readonly fileIngest?: boolean;

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
 * A complete order system: REST API and order files, queues, validation, event bus, orders table, and the events that come back
 * out of it.
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

  /** Answers questions about orders. */
  public readonly queries: OrderQueries;

  constructor(scope: Construct, id: string, props: OrderPipelineProps = {}) {
    super(scope, id);
    // All parts at once, before the first of them complains.
    assertProps(this, [
      ...eventBusFindings(props), ...ingestFindings(props), ...optionalFileFindings(this, props), ...processorFindings(this, props),
      ...queriesFindings(props),
      // With files, there are still their table and bucket to remove.
      props.fileIngest === false ? notTogether('ordersTable', props.ordersTable, 'removalPolicy', props.removalPolicy) : undefined,
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
    this.queries = new OrderQueries(this, 'Queries', {
      ...common, ingest: this.ingest, ordersTable: this.processor.ordersTable, filesTable: this.files?.filesTable,
    });
  }
}
