import { Duration } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Match, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions, QueueConsumerOptions, TableOptions } from './options';
import type { OrderProcessor } from './order-processor';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { HISTORY_KEYS } from './private/contract';
import { grantRecordEvents, grantRecordOwnEvents, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { tableDefaults } from './private/table-defaults';
import { assertProps, durationBetween, type ValidationError } from './private/validate';
import { validateCommon, validateKeyRegion, validateWarmThroughput } from './private/validate-common';
import { validateQueueConsumer } from './private/validate-consumer';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Options of `OrderEventHistory`.
 */
export interface OrderEventHistoryOptions extends EventAcceptanceOptions, TableOptions {
  /**
   * Retention of an event, 1 to 36500 days from the time at which it is recorded. The longest, a century, keeps events for ever.
   *
   * @default Duration.days(400)
   */
  readonly historyRetention?: Duration;

  /**
   * Options of the history queue and of `record-order-event`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly recordOrderEvent?: QueueConsumerOptions;
}

/**
 * Properties of `OrderEventHistory`.
 */
export interface OrderEventHistoryProps extends CommonOptions, OrderEventHistoryOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The construct of the same pipeline whose function `validate-order` records the events that it publishes, instead of the queue: a third of the cost.
   *
   * @default - its events are recorded from the queue
   */
  readonly ingest?: RealtimeOrderIngest;

  /**
   * The construct of the same pipeline whose function `publish-order-changes` records the events that it publishes, instead of the queue.
   *
   * @default - its events are recorded from the queue
   */
  readonly processor?: OrderProcessor;
}

/**
 * Stores all events about orders of the pipeline. `validate-order` and `publish-order-changes`, which publish nearly all of them, write them to the
 * history table, too. Those that they could not write, and those of other publishers with the event source of the pipeline, are stored by: bus →
 * history queue → `record-order-event` → history table.
 *
 * An event about an order has `detail.metadata.orderId`. It is stored once by this id and `detail.metadata.eventId`, or EventBridge's id when
 * it has none. `OrderQueries` answers `GET /orders/{orderId}/events` from the table.
 */
export class OrderEventHistory extends Construct {
  /** The table of events. Partition key `orderId`; the sort key `listKey` consists of time, sequence number, version and ID. An event of another
   * system has a second item with its position, by which it is recognized when it is published again. */
  public readonly historyTable: TableV2;

  /** The queue of events. */
  public readonly historyQueue: Queue;

  /** The dead-letter queue of the history queue, also for events that EventBridge cannot deliver to it. */
  public readonly historyDeadLetterQueue: Queue;

  /** Consumes the history queue: stores events. */
  public readonly recordOrderEventFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderEventHistoryProps) {
    super(scope, id);
    assertProps(this, validateHistoryOptions(this, props));
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props);
    warnOfEventsWithoutPipeline(this, events, props);

    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.historyTable = new TableV2(this, 'HistoryTable', {
      ...tableDefaults(props),
      partitionKey: { name: HISTORY_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: HISTORY_KEYS.sortKey, type: AttributeType.STRING },
      // The console follows new events by it. It costs nothing until it is read.
      dynamoStream: StreamViewType.NEW_IMAGE,
    });
    const { encryptionKey, removalPolicy } = props;
    const queue = new QueueWithDeadLetterQueue(this, 'History', { ...props.recordOrderEvent, fifo: false, encryptionKey, removalPolicy });
    [this.historyQueue, this.historyDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    const retention = String((props.historyRetention ?? Duration.days(400)).toSeconds());
    this.recordOrderEventFunction = new BundledFunction(this, 'RecordOrderEvent', {
      ...props,
      ...props.recordOrderEvent,
      handler: 'record-order-event',
      description: 'Stores the events about orders',
      environment: { HISTORY_RETENTION: retention },
    });
    grantRecordEvents(this.recordOrderEventFunction, this.historyTable);
    const publishers = [props.ingest?.validateOrderFunction, props.processor?.publishOrderChangesFunction].filter((each) => each !== undefined);
    for (const publisher of publishers) grantRecordOwnEvents(publisher, this.historyTable, retention);
    grantSendMessages(this.recordOrderEventFunction, this.historyDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.recordOrderEventFunction);

    const accepted = acceptedEvents(events, props);
    routeEvents(this, 'Events', props.eventBus, queue, {
      ...accepted,
      detail: { metadata: { orderId: Match.exists(), ...accepted.detail?.metadata } },
      ...(publishers.length > 0 ? NOT_RECORDED : {}),
    });
    describePart(this, {
      name: 'History',
      serviceName: serviceNameOf(this, props),
      consumers: [{ name: 'history', queue: this.historyQueue, deadLetterQueue: this.historyDeadLetterQueue, function: this.recordOrderEventFunction }],
      tables: [this.historyTable],
    });
  }
}

/** Events that their publisher did not record. A replay may be there to record events again that were lost: it is of all events. */
const NOT_RECORDED: object = { $or: [{ detail: { recorded: Match.doesNotExist() } }, { 'replay-name': Match.exists() }] };

/** Validates the options of `OrderEventHistory`. */
export const validateHistoryOptions = (scope: Construct, props: OrderEventHistoryOptions & CommonOptions): ValidationError[] => [
  ...validateQueueConsumer('recordOrderEvent', props.recordOrderEvent),
  ...validateCommon(props),
  durationBetween('historyRetention', props.historyRetention, Duration.days(1), Duration.days(36500)),
  ...validateWarmThroughput(props),
  validateKeyRegion(scope, props.encryptionKey),
];
