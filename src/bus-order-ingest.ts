import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions, OrderSizeOptions, QueueConsumerOptions } from './options';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { EVENT_TYPE } from './private/contract';
import { grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { MAX_ORDER_SIZE } from './private/limits';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { assertProps, type ValidationError } from './private/validate';
import { validateCommon, validateOrderSize } from './private/validate-common';
import { validateQueueConsumer } from './private/validate-consumer';
import { validateOrdersQueue } from './private/validate-orders-queue';

/**
 * Options of `BusOrderIngest`.
 */
export interface BusOrderIngestOptions extends OrderSizeOptions, EventAcceptanceOptions {
  /**
   * Options of the placement queue and of `receive-order-event`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly receiveOrderEvent?: QueueConsumerOptions;
}

/**
 * Properties of `BusOrderIngest`.
 */
export interface BusOrderIngestProps extends CommonOptions, BusOrderIngestOptions {
  /**
   * The bus on which other systems place orders.
   */
  readonly eventBus: IEventBus;

  /**
   * The FIFO queue of orders, such as `RealtimeOrderIngest.ordersQueue`.
   */
  readonly ordersQueue: IQueue;
}

/**
 * Receives orders that other systems place by events: bus (`OrderPlacementRequested`) → placement queue → `receive-order-event` → orders queue.
 *
 * The orders pass the same validation as those of the API. A wrong order is rejected; an event without a usable order id goes to the
 * dead-letter queue.
 */
export class BusOrderIngest extends Construct {
  /** The queue of events that place orders. */
  public readonly placementQueue: Queue;

  /** The dead-letter queue of the placement queue, also for events that EventBridge cannot deliver to it. */
  public readonly placementDeadLetterQueue: Queue;

  /** Consumes the placement queue: sends orders to the orders queue. */
  public readonly receiveOrderEventFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: BusOrderIngestProps) {
    super(scope, id);
    assertProps(this, [...validateBusIngestOptions(props), ...validateOrdersQueue(this, props.ordersQueue, 'BusOrderIngest')]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props, 'place orders');
    warnOfEventsWithoutPipeline(this, events, props);

    const { encryptionKey, removalPolicy } = props;
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, this);
    const queue = new QueueWithDeadLetterQueue(this, 'Placement', { ...props.receiveOrderEvent, fifo: false, encryptionKey, removalPolicy });
    [this.placementQueue, this.placementDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    this.receiveOrderEventFunction = new BundledFunction(this, 'ReceiveOrderEvent', {
      ...props,
      ...props.receiveOrderEvent,
      handler: 'receive-order-event',
      description: 'Sends the orders that other systems place by events to the orders queue',
      environment: { MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()) },
    });
    grantSendMessages(this.receiveOrderEventFunction, props.ordersQueue, 'ORDERS_QUEUE_URL');
    grantSendMessages(this.receiveOrderEventFunction, this.placementDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.receiveOrderEventFunction);

    const accepted = acceptedEvents(events, props);
    routeEvents(this, 'PlacementEvents', props.eventBus, queue, { ...accepted, detailType: [EVENT_TYPE.ORDER_PLACEMENT_REQUESTED] });
    describePart(this, {
      name: 'BusIngest',
      serviceName: serviceNameOf(this, props),
      consumers: [{ name: 'placement', queue: this.placementQueue, deadLetterQueue: this.placementDeadLetterQueue, function: this.receiveOrderEventFunction }],
      outcomes: [{ graph: 'Orders by outcome', metric: 'OrderPlacementReceived', label: 'received on the bus' }],
    });
  }
}

/** Validates the options of `BusOrderIngest`. */
export const validateBusIngestOptions = (props: BusOrderIngestOptions & CommonOptions): ValidationError[] => [
  ...validateQueueConsumer('receiveOrderEvent', props.receiveOrderEvent),
  ...validateCommon(props),
  validateOrderSize(props),
];
