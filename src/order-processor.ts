import { Duration } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Match, Rule, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { EVENTS_TARGET_QUEUE_SAME_ACCOUNT } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions, QueueConsumerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import { DEFAULT_EVENT_SOURCE, EVENT_TYPE, ORDER_KEY, REJECTION_CODE } from './private/contract';
import { processorFindings } from './private/findings';
import { letPublish, letSend, letUseTable } from './private/grants';
import { letEventBridgeUse } from './private/key-policy';
import { QueueWithDeadLetters } from './private/queue-with-dead-letters';
import { StreamConsumer } from './private/stream-consumer';
import { tableDefaults } from './private/table-defaults';
import { assertProps, notTogether } from './private/validate';

/**
 * What can be chosen about processing and storing orders.
 */
export interface OrderProcessorOptions {
  /**
   * An existing table to store orders in. Its partition key is `orderId` (a string), it has no sort key, a stream with new and
   * old images, and its time to live looks at `expiresAt`. When imported, it needs its stream's ARN.
   *
   * @default - a new table: on-demand, with point-in-time recovery
   */
  readonly ordersTable?: ITableV2;

  /**
   * How long a rejected order is remembered, so that `GET /orders/{orderId}` can say why. At least a minute.
   *
   * @default Duration.days(30)
   */
  readonly rejectedOrderRetention?: Duration;

  /**
   * The processing queue and `process-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly processOrder?: QueueConsumerOptions;

  /**
   * Sizes of the handler behind the table's stream.
   *
   * @default - see `HandlerOptions`
   */
  readonly publishOrderChanges?: HandlerOptions;
}

/**
 * Properties of `OrderProcessor`.
 */
export interface OrderProcessorProps extends CommonOptions, OrderProcessorOptions {
  /**
   * The bus from which validated orders come and on which changes are announced.
   */
  readonly eventBus: IEventBus;
}

/**
 * Stores each validated order once and announces it: bus → processing queue → `process-order` → orders table → stream →
 * `publish-order-changes` → bus.
 *
 * The order's item is its own idempotency record: one conditional write, however often the message comes.
 */
export class OrderProcessor extends Construct {
  /** The orders: the table given, or a new one. */
  public readonly ordersTable: ITableV2;

  /** Validated and rejected orders on their way to the table. */
  public readonly processingQueue: Queue;

  /** What could not be processed, and what EventBridge could not put into the processing queue. */
  public readonly processingDeadLetterQueue: Queue;

  /** What could not be announced from the table's stream. */
  public readonly changesDeadLetterQueue: Queue;

  /** Consumes the processing queue. */
  public readonly processOrder: LambdaFunction;

  /** Consumes the table's stream. */
  public readonly publishOrderChanges: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderProcessorProps) {
    super(scope, id);
    assertProps(this, [
      ...processorFindings(this, props), notTogether('ordersTable', props.ordersTable, 'removalPolicy', props.removalPolicy),
    ]);
    // New rules may put events into the queue for this account and nobody else's, also when the queue has a key of its own.
    this.node.setContext(EVENTS_TARGET_QUEUE_SAME_ACCOUNT, true);
    const eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;

    if (props.encryptionKey) letEventBridgeUse(props.encryptionKey, this);
    this.ordersTable = props.ordersTable ?? this.createTable(props);
    const queue = new QueueWithDeadLetters(this, 'Processing', { ...props.processOrder, fifo: false, encryptionKey: props.encryptionKey });
    this.processingQueue = queue.queue;
    this.processingDeadLetterQueue = queue.deadLetterQueue;

    this.processOrder = new BundledFunction(this, 'ProcessOrder', {
      ...props,
      ...props.processOrder,
      handler: 'process-order',
      description: 'Stores validated orders and remembers rejected ones',
      environment: { REJECTED_ORDER_RETENTION: String((props.rejectedOrderRetention ?? Duration.days(30)).toSeconds()) },
    });
    letUseTable(this.processOrder, this.ordersTable, 'dynamodb:PutItem');
    letPublish(this.processOrder, props.eventBus, eventSource);
    letSend(this.processOrder, this.processingDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.feed(this.processOrder);

    this.publishOrderChanges = new BundledFunction(this, 'PublishOrderChanges', {
      ...props,
      ...props.publishOrderChanges,
      handler: 'publish-order-changes',
      description: 'Announces on the bus what happened to the orders table',
    });
    letPublish(this.publishOrderChanges, props.eventBus, eventSource);
    const changes = new StreamConsumer(this, 'Changes', { table: this.ordersTable, handler: this.publishOrderChanges, encryptionKey: props.encryptionKey });
    this.changesDeadLetterQueue = changes.deadLetterQueue;
    letSend(this.publishOrderChanges, this.changesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');

    this.route('ValidatedOrders', props.eventBus, { source: [eventSource], detailType: [EVENT_TYPE.ORDER_VALIDATED] });
    // A duplicate is rejected by process-order itself, because there is an order already: nothing to remember.
    const notByItself = { data: { code: Match.anythingBut(REJECTION_CODE.DUPLICATE_ORDER_ID) } };
    this.route('RejectedOrders', props.eventBus, { source: [eventSource], detailType: [EVENT_TYPE.ORDER_REJECTED], detail: notByItself });
  }

  private createTable(props: OrderProcessorProps): TableV2 {
    return new TableV2(this, 'OrdersTable', {
      ...tableDefaults(props),
      partitionKey: { name: ORDER_KEY, type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
  }

  /** Routes events into the processing queue; what EventBridge cannot deliver goes to the same dead-letter queue, in the same form. */
  private route(id: string, eventBus: IEventBus, eventPattern: EventPattern): void {
    const target = new SqsQueue(this.processingQueue, {
      deadLetterQueue: this.processingDeadLetterQueue,
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    new Rule(this, id, { eventBus, eventPattern, targets: [target] });
  }
}
