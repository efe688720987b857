import type { Duration } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Match, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, QueueConsumerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import { DEFAULT_EVENT_SOURCE, HISTORY_BY_TIME, HISTORY_KEYS, type EnvName } from './private/contract';
import { validateHistoryOptions } from './private/findings';
import { grantSendMessages, grantHistoryTableAccess } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';

/**
 * What can be chosen about keeping the events of orders.
 */
export interface OrderEventHistoryOptions {
  /**
   * How long an event is kept, 1 to 3650 days from when it is recorded.
   *
   * @default - for ever
   */
  readonly historyRetention?: Duration;

  /**
   * The history queue and `record-order-event`, which consumes it.
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
   * The bus whose events are kept.
   */
  readonly eventBus: IEventBus;
}

/**
 * Keeps every event about an order that is said under the pipeline's event source, by whomever: bus → history queue →
 * `record-order-event` → history table.
 *
 * An event about an order has `detail.metadata.orderId`. It is kept once under that and its `detail.metadata.eventId`, or EventBridge's own
 * id where it has none. `OrderQueries` answers `GET /orders/{orderId}/events` from the table.
 */
export class OrderEventHistory extends Construct {
  /** The events: `orderId` and `eventId` are the key, and `byTime` is the local index by `occurredAt`. */
  public readonly historyTable: TableV2;

  /** Events on their way to the table. */
  public readonly historyQueue: Queue;

  /** What could not be recorded, and what EventBridge could not put into the history queue. */
  public readonly historyDeadLetterQueue: Queue;

  /** Consumes the history queue. */
  public readonly recordOrderEventFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderEventHistoryProps) {
    super(scope, id);
    assertProps(this, validateHistoryOptions(this, props));
    restrictEventTargetsToAccount(this);

    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.historyTable = new TableV2(this, 'HistoryTable', {
      ...tableDefaults(props),
      partitionKey: { name: HISTORY_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: HISTORY_KEYS.sortKey, type: AttributeType.STRING },
      localSecondaryIndexes: [{
        indexName: HISTORY_BY_TIME.indexName,
        sortKey: { name: HISTORY_BY_TIME.sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      }],
    });
    const queue = new QueueWithDeadLetterQueue(this, 'History', { ...props.recordOrderEvent, fifo: false, encryptionKey: props.encryptionKey });
    [this.historyQueue, this.historyDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    this.recordOrderEventFunction = new BundledFunction(this, 'RecordOrderEvent', {
      ...props,
      ...props.recordOrderEvent,
      handler: 'record-order-event',
      description: 'Keeps every event about an order',
      environment: retentionSetting(props),
    });
    grantHistoryTableAccess(this.recordOrderEventFunction, this.historyTable, 'dynamodb:PutItem');
    grantSendMessages(this.recordOrderEventFunction, this.historyDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.feed(this.recordOrderEventFunction);

    routeEvents(this, 'Events', props.eventBus, queue, {
      source: [props.eventSource ?? DEFAULT_EVENT_SOURCE],
      detail: { metadata: { orderId: Match.exists() } },
    });
  }
}

/** In seconds; nothing where events are kept for ever. */
const retentionSetting = ({ historyRetention }: OrderEventHistoryOptions): Partial<Record<EnvName, string>> =>
  (historyRetention ? { HISTORY_RETENTION: String(historyRetention.toSeconds()) } : {});
