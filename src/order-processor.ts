import { Duration } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType, TableV2, type GlobalSecondaryIndexPropsV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions, OrderRetentionOptions, QueueConsumerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import { callRegularly } from './private/call-regularly';
import {
  DEFAULT_EVENT_SOURCE, EVENT_TYPE, ORDER_KEY, ORDER_SUMMARY, ORDERS_BY_CUSTOMER, ORDERS_BY_PARKED_UNTIL, ORDERS_BY_STATUS, VALIDATION_CODES,
  VISIBLE_UNTIL_ATTRIBUTE,
} from './private/contract';
import { processorFindings } from './private/findings';
import { letPublish, letSend, letUseTable } from './private/grants';
import { letEventBridgeUse } from './private/key-policy';
import { orderLifeSettings } from './private/order-life-settings';
import { QueueWithDeadLetters } from './private/queue-with-dead-letters';
import { prepareRoutes, routeEvents } from './private/route-events';
import { StreamConsumer } from './private/stream-consumer';
import { tableDefaults } from './private/table-defaults';
import { assertProps, notTogether } from './private/validate';
import { withDefaults } from './private/with-defaults';

/**
 * What can be chosen about processing and storing orders.
 */
export interface OrderProcessorOptions extends OrderRetentionOptions {
  /**
   * An existing table to store orders in. Its partition key is `orderId` (a string), it has no sort key, a stream with new and
   * old images, and its time to live looks at `expiresAt`. When imported, it needs its stream's ARN. Its indexes are `byCustomer`
   * (`customerId`, `listKey`), `byStatus` (`statusShard`, `listKey`) and `byParkedUntil` (`parkedShard`, and `parkedUntil`, a number);
   * the first two project all attributes or those that a list shows.
   *
   * @default - a new table: on-demand, with point-in-time recovery
   */
  readonly ordersTable?: ITableV2;

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

  /**
   * Sizes of the handler that refuses commands which have waited for too long.
   *
   * @default - see `HandlerOptions`
   */
  readonly expireParkedCommands?: HandlerOptions;
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
 * The order's item is its own idempotency record, and the line of its commands: each has its turn in the order in which they were
 * accepted, whatever the order in which they arrive.
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

  /** Called every quarter of an hour: refuses commands that have waited for too long. */
  public readonly expireParkedCommands: LambdaFunction;

  /** Calls of `expireParkedCommands` that failed. What they did not do, the next one does. */
  public readonly expiryDeadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderProcessorProps) {
    super(scope, id);
    assertProps(this, [
      ...processorFindings(this, props), notTogether('ordersTable', props.ordersTable, 'removalPolicy', props.removalPolicy),
    ]);
    prepareRoutes(this);
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
      environment: orderLifeSettings(props),
    });
    letUseTable(this.processOrder, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem']);
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

    this.expireParkedCommands = new BundledFunction(this, 'ExpireParkedCommands', {
      ...props,
      ...withDefaults({ timeout: Duration.minutes(5) }, props.expireParkedCommands),
      handler: 'expire-parked-commands',
      description: 'Refuses commands that have waited for too long',
      environment: orderLifeSettings(props),
    });
    letUseTable(this.expireParkedCommands, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], ORDERS_BY_PARKED_UNTIL.indexName);
    this.expiryDeadLetterQueue = callRegularly(this, 'Expiry', this.expireParkedCommands, Duration.minutes(15), props.encryptionKey);

    routeEvents(this, 'ValidatedOrders', props.eventBus, queue, { source: [eventSource], detailType: [EVENT_TYPE.ORDER_VALIDATED] });
    // What is refused in its turn was rejected by the line itself: there is nothing to remember.
    const inValidation = { data: { code: [...VALIDATION_CODES] } };
    routeEvents(this, 'RejectedOrders', props.eventBus, queue, {
      source: [eventSource], detailType: [EVENT_TYPE.ORDER_REJECTED], detail: inValidation,
    });
  }

  private createTable(props: OrderProcessorProps): TableV2 {
    return new TableV2(this, 'OrdersTable', {
      ...tableDefaults(props),
      partitionKey: { name: ORDER_KEY, type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [
        listIndex(ORDERS_BY_CUSTOMER),
        listIndex(ORDERS_BY_STATUS),
        {
          indexName: ORDERS_BY_PARKED_UNTIL.indexName,
          partitionKey: { name: ORDERS_BY_PARKED_UNTIL.partitionKey, type: AttributeType.STRING },
          sortKey: { name: ORDERS_BY_PARKED_UNTIL.sortKey, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
  }
}

/** An index of what a list shows: an order's contents are not stored again. */
function listIndex({ indexName, partitionKey, sortKey }: typeof ORDERS_BY_CUSTOMER | typeof ORDERS_BY_STATUS): GlobalSecondaryIndexPropsV2 {
  const keys: readonly string[] = [partitionKey, sortKey];
  return {
    indexName,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...ORDER_SUMMARY, VISIBLE_UNTIL_ATTRIBUTE].filter((attribute) => !keys.includes(attribute)),
  };
}
