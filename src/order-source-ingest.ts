import { Names } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, OrderSizeOptions } from './options';
import type { OrderSource } from './order-source';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { grantSendMessages } from './private/grants';
import { MAX_ORDER_SIZE } from './private/limits';
import { describePart, type DirectConsumer, type QueueConsumer } from './private/pipeline-part';
import type { ConnectedSource } from './private/sources/source-kind';
import { validateSource } from './private/sources/validate-sources';
import { assertProps } from './private/validate';
import { validateCommon, validateOrderSize } from './private/validate-common';
import { validateOrdersQueue } from './private/validate-orders-queue';

/**
 * Properties of `OrderSourceIngest`.
 */
export interface OrderSourceIngestProps extends CommonOptions, OrderSizeOptions {
  /**
   * The source of the orders.
   */
  readonly source: OrderSource;

  /**
   * The FIFO queue of orders, such as `RealtimeOrderIngest.ordersQueue`.
   */
  readonly ordersQueue: IQueue;
}

/**
 * Receives orders from a source of the app: stream, topic or queue → `receive-source-orders` → orders queue.
 *
 * The orders pass the same validation as those of the API. An invalid order is rejected; a record without an order is sent to the dead-letter queue.
 */
export class OrderSourceIngest extends Construct {
  /** Consumes the source: sends its orders to the orders queue. */
  public readonly receiveSourceOrdersFunction: LambdaFunction;

  /** The dead-letter queue of the source: records without an order, and the positions of batches that Lambda stops retrying. */
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderSourceIngestProps) {
    super(scope, id);
    const { source: { name, _kind: kind }, tenants } = props;
    assertProps(this, [
      ...validateSource(this, props.source, 'source.', tenants), ...validateCommon(props), validateOrderSize(props),
      ...validateOrdersQueue(this, props.ordersQueue, 'OrderSourceIngest'),
    ]);
    const queues = kind.createQueues(this, `${sourceIngestId(props.source)}DeadLetterQueue`, props);
    this.deadLetterQueue = queues.deadLetterQueue;
    const { memorySize, timeout = kind.defaultTimeout, tenant } = kind.options;
    this.receiveSourceOrdersFunction = new BundledFunction(this, 'ReceiveSourceOrders', {
      ...props,
      memorySize,
      timeout,
      handler: 'receive-source-orders',
      description: `Sends the orders of the source ${name} to the orders queue`,
      environment: {
        SOURCE_ID: Names.nodeUniqueId(this.node),
        MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()),
        ...(tenant ? { SOURCE_TENANT: JSON.stringify(tenant._location) } : {}),
      },
    });
    grantSendMessages(this.receiveSourceOrdersFunction, props.ordersQueue, 'ORDERS_QUEUE_URL');
    grantSendMessages(this.receiveSourceOrdersFunction, this.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    this.describe(props, kind.connect({ ...queues, scope: this, handler: this.receiveSourceOrdersFunction, name }));
  }

  private describe(props: OrderSourceIngestProps, { queue, alarms }: ConnectedSource): void {
    const { name } = props.source;
    const consumer = { name: `source-${name}`, deadLetterQueue: this.deadLetterQueue, function: this.receiveSourceOrdersFunction };
    describePart(this, {
      name: sourceIngestId(props.source),
      serviceName: serviceNameOf(this, props),
      consumers: [queue ? { ...consumer, queue: queue as Queue } satisfies QueueConsumer : { ...consumer, ...DIRECT } satisfies DirectConsumer],
      outcomes: [{ graph: 'Orders by outcome', metric: 'SourceOrderReceived', label: 'received from sources' }],
      alarms,
    });
  }
}

/** What the alarm of the dead-letter queue of a stream or broker explains. */
const DIRECT = {
  deadLetters: 'Records of a source are not orders, or Lambda stopped retrying a batch of them, so these orders are not placed',
  resolution: 'Fix the sender or the cause, then redrive the dead-letter queue. A message about a batch only has the positions of its records, which are still in the stream or topic.',
  afterError: 'Lambda retries the batch, and later records of the same shard or partition wait.',
};

const pascalCase = (name: string): string => name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

/** The construct ID of the ingest of a source in a pipeline. */
export const sourceIngestId = ({ name }: OrderSource): string => `Source${pascalCase(name)}`;
