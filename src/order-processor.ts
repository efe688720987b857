import { Duration } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType, TableV2, type GlobalSecondaryIndexPropsV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { FilterRule, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions } from './options';
import { OrderListKey } from './order-list-key';
import { validateProcessorOptions, type OrderProcessorOptions } from './order-processor-options';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import {
  COMMAND_OUTCOMES, COMMAND_OUTCOMES_GRAPH, EVENT_TYPE, ORDER_KEY, ORDER_LISTS, ORDER_SUMMARY,
  ORDERS_BY_PENDING_UNTIL, VALIDATION_CODES, VISIBLE_UNTIL_ATTRIBUTE,
} from './private/contract';
import { grantPutEventsToHandler, grantSendMessages, grantOrdersTableAccess } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { lifecycleSettings } from './private/lifecycle-settings';
import { listKeysOf, setListKeys } from './private/order-lists';
import { ownEvents, pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { scheduleFunction } from './private/schedule-function';
import { StreamConsumer } from './private/stream-consumer';
import { delayedChangesAlarm, delayedChangesGraph } from './private/stream-delay-monitoring';
import { tableDefaults } from './private/table-defaults';
import { assertProps, notTogether } from './private/validate';
import { withDefaults } from './private/with-defaults';

/**
 * Properties of `OrderProcessor`.
 */
export interface OrderProcessorProps extends CommonOptions, OrderProcessorOptions {
  /**
   * The bus of the events about validated and rejected orders, on which changes are published.
   */
  readonly eventBus: IEventBus;
}

/**
 * Stores each validated order once and publishes its changes: bus → processing queue → `process-order` → orders table → stream →
 * `publish-order-changes` → bus.
 *
 * The item of an order is its own idempotency record. It also keeps commands that arrive out of order pending, and applies them in the
 * sequence in which they were accepted.
 */
export class OrderProcessor extends Construct {
  /** The table of orders: the existing one of the props, or a new one. */
  public readonly ordersTable: ITableV2;

  /** The queue of validated and rejected orders. */
  public readonly processingQueue: Queue;

  /** The dead-letter queue of the processing queue, also for events that EventBridge cannot deliver to it. */
  public readonly processingDeadLetterQueue: Queue;

  /** The dead-letter queue of the stream consumer: changes that could not be published. */
  public readonly changesDeadLetterQueue: Queue;

  /** Consumes the processing queue: stores orders. */
  public readonly processOrderFunction: LambdaFunction;

  /** Consumes the stream of the table: publishes changes. */
  public readonly publishOrderChangesFunction: LambdaFunction;

  /** Refuses commands after `pendingCommandRetention`. It is invoked every 15 minutes, and every minute with `confirmation`. */
  public readonly expirePendingCommandsFunction: LambdaFunction;

  /** Failed invocations of `expirePendingCommandsFunction`. The next invocation does the same work. */
  public readonly expiryDeadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderProcessorProps) {
    super(scope, id);
    assertProps(this, [
      ...validateProcessorOptions(this, props), notTogether('ordersTable', props.ordersTable, 'warmThroughput', props.warmThroughput),
    ]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props, 'store orders');

    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.ordersTable = props.ordersTable ?? this.createTable(props);
    setListKeys(this.ordersTable, props);
    const { encryptionKey, removalPolicy } = props;
    const queue = new QueueWithDeadLetterQueue(this, 'Processing', { ...props.processOrder, fifo: false, encryptionKey, removalPolicy });
    this.processingQueue = queue.queue;
    this.processingDeadLetterQueue = queue.deadLetterQueue;

    this.processOrderFunction = new BundledFunction(this, 'ProcessOrder', {
      ...props,
      ...props.processOrder,
      handler: 'process-order',
      description: 'Stores validated and rejected orders',
      environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.processOrderFunction, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    grantSendMessages(this.processOrderFunction, this.processingDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.processOrderFunction);

    this.publishOrderChangesFunction = new BundledFunction(this, 'PublishOrderChanges', {
      ...props,
      ...props.publishOrderChanges,
      handler: 'publish-order-changes',
      description: 'Publishes the changes of the orders table',
    });
    grantPutEventsToHandler(this.publishOrderChangesFunction, events);
    const changes = new StreamConsumer(this, 'Changes', {
      table: this.ordersTable,
      handler: this.publishOrderChangesFunction,
      // Writes without an outcome publish nothing, such as a pending command.
      newImage: { outcome: { M: { type: { S: FilterRule.exists() } } } },
      encryptionKey,
      removalPolicy,
    });
    this.changesDeadLetterQueue = changes.deadLetterQueue;
    grantSendMessages(this.publishOrderChangesFunction, this.changesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');

    this.expirePendingCommandsFunction = new BundledFunction(this, 'ExpirePendingCommands', {
      ...props,
      ...withDefaults({ timeout: Duration.minutes(5) }, props.expirePendingCommands),
      handler: 'expire-pending-commands',
      description: 'Refuses expired commands',
      environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.expirePendingCommandsFunction, this.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], ORDERS_BY_PENDING_UNTIL.indexName);
    this.expiryDeadLetterQueue = scheduleFunction(this, 'Expiry', this.expirePendingCommandsFunction, expiryInterval(props), { encryptionKey, removalPolicy });

    const own = ownEvents(events);
    routeEvents(this, 'ValidatedOrders', props.eventBus, queue, { ...own, detailType: [EVENT_TYPE.ORDER_VALIDATED] });
    // Rejections with other codes are already stored: the pipeline publishes them from the table.
    routeEvents(this, 'RejectedOrders', props.eventBus, queue, {
      ...own, detailType: [EVENT_TYPE.ORDER_REJECTED], detail: { ...own.detail, data: { code: [...VALIDATION_CODES] } },
    });
    this.describe(props);
  }

  private describe(props: OrderProcessorProps): void {
    const { publishOrderChangesFunction, expirePendingCommandsFunction } = this;
    describePart(this, {
      name: 'Processor',
      serviceName: serviceNameOf(this, props),
      consumers: [
        { name: 'processing', queue: this.processingQueue, deadLetterQueue: this.processingDeadLetterQueue, function: this.processOrderFunction },
        {
          name: 'stream',
          deadLetterQueue: this.changesDeadLetterQueue,
          function: publishOrderChangesFunction,
          deadLetters: 'Changes of orders could not be published, so subscribers did not receive them',
          resolution: 'Fix the cause, then redrive the dead-letter queue. After 24 hours of retries, a message only has the position of the records in the stream.',
        },
        {
          name: 'expiry',
          deadLetterQueue: this.expiryDeadLetterQueue,
          function: expirePendingCommandsFunction,
          deadLetters: 'An invocation that refuses expired commands failed',
          resolution: 'The next invocation does the same work. When invocations succeed again, purge the dead-letter queue.',
          notRedrivable: 'the next invocation does the same work',
          afterError: 'The next invocation does the same work.',
        },
      ],
      tables: [this.ordersTable],
      outcomes: [
        { graph: 'Orders by outcome', metric: EVENT_TYPE.ORDER_CONFIRMED, label: 'confirmed' },
        ...COMMAND_OUTCOMES.map(([metric, label]) => ({ graph: COMMAND_OUTCOMES_GRAPH, metric, label })),
      ],
      countsCodes: true,
      alarms: [delayedChangesAlarm(publishOrderChangesFunction)],
      graphs: [delayedChangesGraph(publishOrderChangesFunction)],
    });
  }

  private createTable(props: OrderProcessorProps): TableV2 {
    return new TableV2(this, 'OrdersTable', {
      ...tableDefaults(props),
      partitionKey: { name: ORDER_KEY, type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [
        ...listKeysOf(props).map((key) => listIndex(key, props)),
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

/** A pending order is settled soon after its deadline. */
const expiryInterval = ({ confirmation }: OrderProcessorProps): Duration => (confirmation ? Duration.minutes(1) : Duration.minutes(15));

/** Returns an index with the attributes of an order in a list, and without its contents. Few orders have an external reference. */
function listIndex(key: OrderListKey, { warmThroughput }: OrderProcessorProps): GlobalSecondaryIndexPropsV2 {
  const { indexName, partitionKey, sortKey } = ORDER_LISTS[key];
  const keys: readonly string[] = [partitionKey, sortKey];
  return {
    indexName,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...ORDER_SUMMARY, VISIBLE_UNTIL_ATTRIBUTE].filter((attribute) => !keys.includes(attribute)),
    ...(key === OrderListKey.EXTERNAL_REFERENCE ? {} : { warmThroughput }),
  };
}
