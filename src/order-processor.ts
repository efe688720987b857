import { Duration } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType, TableV2, type GlobalSecondaryIndexPropsV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions, OrderRetentionOptions, QueueConsumerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import {
  DEFAULT_EVENT_SOURCE, EVENT_TYPE, ORDER_KEY, ORDER_SUMMARY, ORDERS_BY_CUSTOMER, ORDERS_BY_PENDING_UNTIL, ORDERS_BY_STATUS, VALIDATION_CODES,
  VISIBLE_UNTIL_ATTRIBUTE,
} from './private/contract';
import { validateProcessorOptions } from './private/findings';
import { grantPutEventsToHandler, grantSendMessages, grantOrdersTableAccess } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { lifecycleSettings } from './private/lifecycle-settings';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { scheduleFunction } from './private/schedule-function';
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
   * (`customerId`, `listKey`), `byStatus` (`statusShard`, `listKey`) and `byPendingUntil` (`pendingShard`, and `pendingUntil`, a number);
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
  readonly expirePendingCommands?: HandlerOptions;
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
  public readonly processOrderFunction: LambdaFunction;

  /** Consumes the table's stream. */
  public readonly publishOrderChangesFunction: LambdaFunction;

  /** Called every quarter of an hour: refuses commands that have waited for too long. */
  public readonly expirePendingCommandsFunction: LambdaFunction;

  /** Calls of `expirePendingCommands` that failed. What they did not do, the next one does. */
  public readonly expiryDeadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderProcessorProps) {
    super(scope, id);
    assertProps(this, [
      ...validateProcessorOptions(this, props), notTogether('ordersTable', props.ordersTable, 'removalPolicy', props.removalPolicy),
    ]);
    restrictEventTargetsToAccount(this);
    const eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;

    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.ordersTable = props.ordersTable ?? this.createTable(props);
    const queue = new QueueWithDeadLetterQueue(this, 'Processing', { ...props.processOrder, fifo: false, encryptionKey: props.encryptionKey });
    this.processingQueue = queue.queue;
    this.processingDeadLetterQueue = queue.deadLetterQueue;

    this.processOrderFunction = new BundledFunction(this, 'ProcessOrder', {
      ...props,
      ...props.processOrder,
      handler: 'process-order',
      description: 'Stores validated orders and remembers rejected ones',
      environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.processOrderFunction, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    grantSendMessages(this.processOrderFunction, this.processingDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.feed(this.processOrderFunction);

    this.publishOrderChangesFunction = new BundledFunction(this, 'PublishOrderChanges', {
      ...props,
      ...props.publishOrderChanges,
      handler: 'publish-order-changes',
      description: 'Announces on the bus what happened to the orders table',
    });
    grantPutEventsToHandler(this.publishOrderChangesFunction, props.eventBus, eventSource);
    const changes = new StreamConsumer(this, 'Changes', { table: this.ordersTable, handler: this.publishOrderChangesFunction, encryptionKey: props.encryptionKey });
    this.changesDeadLetterQueue = changes.deadLetterQueue;
    grantSendMessages(this.publishOrderChangesFunction, this.changesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');

    this.expirePendingCommandsFunction = new BundledFunction(this, 'ExpirePendingCommands', {
      ...props,
      ...withDefaults({ timeout: Duration.minutes(5) }, props.expirePendingCommands),
      handler: 'expire-pending-commands',
      description: 'Refuses commands that have waited for too long',
      environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.expirePendingCommandsFunction, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], ORDERS_BY_PENDING_UNTIL.indexName);
    this.expiryDeadLetterQueue = scheduleFunction(this, 'Expiry', this.expirePendingCommandsFunction, Duration.minutes(15), props.encryptionKey);

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
          indexName: ORDERS_BY_PENDING_UNTIL.indexName,
          partitionKey: { name: ORDERS_BY_PENDING_UNTIL.partitionKey, type: AttributeType.STRING },
          sortKey: { name: ORDERS_BY_PENDING_UNTIL.sortKey, type: AttributeType.NUMBER },
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
