import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions, OrderRetentionOptions, QueueConsumerOptions } from './options';
import type { OrderConfirmation } from './order-confirmation';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { CommandFlow } from './private/command-flow';
import { COMMAND_OUTCOMES_GRAPH, EVENT_TYPE } from './private/contract';
import { grantInvokeConfirmationFunction, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { ownEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart, type QueueConsumer } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { assertProps, cannotBeSet, type ValidationError } from './private/validate';
import { validateCommon, validateOrderRetention } from './private/validate-common';
import { validateConfirmation } from './private/validate-confirmation';
import { validateQueueConsumer } from './private/validate-consumer';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';

/**
 * Options of `OrderConfirmationFlow`.
 */
export interface OrderConfirmationFlowOptions extends OrderRetentionOptions, EventAcceptanceOptions {
  /**
   * Options of the confirmation queue and of `request-confirmation`, which calls the function of `OrderConfirmation.function`. The function has
   * 70 percent of the timeout for a batch.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly requestConfirmation?: QueueConsumerOptions;

  /**
   * Options of the decision queue and of `decide-confirmation`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly decideConfirmation?: QueueConsumerOptions;
}

/**
 * Properties of `OrderConfirmationFlow`.
 */
export interface OrderConfirmationFlowProps extends CommonOptions, OrderConfirmationFlowOptions {
  /**
   * Who decides whether a valid order is confirmed: the same as that of `OrderProcessor`.
   */
  readonly confirmation: OrderConfirmation;

  /**
   * The bus of the events about pending orders and decisions.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of orders, such as `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The table that assigns sequence numbers to commands, such as `RealtimeOrderIngest.sequenceTable`.
   */
  readonly sequenceTable: ITableV2;
}

/**
 * Confirms or rejects pending orders: bus (`OrderConfirmationDecided`) → decision queue → `decide-confirmation` → orders table. With
 * `OrderConfirmation.function`, also: bus (`OrderPending`) → confirmation queue → `request-confirmation` → function → bus.
 *
 * A decision about an order that is no longer pending is refused with `OrderConfirmationRefused`, so that its sender can undo what it did.
 */
export class OrderConfirmationFlow extends Construct {
  /** The queue of decisions. */
  public readonly decisionQueue: Queue;

  /** The dead-letter queue of the decision queue. */
  public readonly decisionDeadLetterQueue: Queue;

  /** Consumes the decision queue: confirms and rejects orders. */
  public readonly decideConfirmationFunction: LambdaFunction;

  /** The queue of pending orders. Undefined without `OrderConfirmation.function`. */
  public readonly confirmationQueue?: Queue;

  /** The dead-letter queue of the confirmation queue. */
  public readonly confirmationDeadLetterQueue?: Queue;

  /** Consumes the confirmation queue: calls the app's function. */
  public readonly requestConfirmationFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderConfirmationFlowProps) {
    super(scope, id);
    assertProps(this, [
      ...validateConfirmationFlowOptions(this, props),
      sameEnvironment('ordersTable', this, props.ordersTable, 'account and region', TABLE_ADVICE),
      sameEnvironment('sequenceTable', this, props.sequenceTable, 'account and region', TABLE_ADVICE),
    ]);
    restrictEventTargetsToAccount(this);
    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    const events = pipelineEvents(this, props, 'confirm orders');
    warnOfEventsWithoutPipeline(this, events, props);

    const decisions = new CommandFlow(this, 'Decision', {
      ...props,
      events,
      handler: 'decide-confirmation',
      description: 'Confirms and rejects pending orders',
      eventTypes: [EVENT_TYPE.ORDER_CONFIRMATION_DECIDED],
      consumer: props.decideConfirmation,
    });
    [this.decisionQueue, this.decisionDeadLetterQueue] = [decisions.queue, decisions.deadLetterQueue];
    this.decideConfirmationFunction = decisions.consumer;
    const { _function: confirmOrders } = props.confirmation;
    if (confirmOrders) {
      const { queue, deadLetterQueue, handler } = this.callFunction(props, confirmOrders);
      [this.confirmationQueue, this.confirmationDeadLetterQueue, this.requestConfirmationFunction] = [queue.queue, deadLetterQueue, handler];
      const pending = { data: { status: ['PENDING'] } };
      const own = ownEvents(events);
      routeEvents(this, 'PendingOrders', props.eventBus, queue, {
        ...own, detailType: [EVENT_TYPE.ORDER_PENDING, EVENT_TYPE.ORDER_CHANGED], detail: { ...own.detail, ...pending },
      });
      grantPutEventsToHandler(handler, events);
    }
    this.describe(props);
  }

  private callFunction(props: OrderConfirmationFlowProps, confirmOrders: IFunction) {
    const { encryptionKey, removalPolicy } = props;
    const queue = new QueueWithDeadLetterQueue(this, 'Confirmation', { ...props.requestConfirmation, fifo: false, encryptionKey, removalPolicy });
    const handler = new BundledFunction(this, 'RequestConfirmation', {
      ...props,
      ...props.requestConfirmation,
      handler: 'request-confirmation',
      description: 'Calls the function that confirms orders, and publishes its decisions',
    });
    grantInvokeConfirmationFunction(handler, confirmOrders);
    grantSendMessages(handler, queue.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(handler);
    return { queue, deadLetterQueue: queue.deadLetterQueue, handler };
  }

  private describe(props: OrderConfirmationFlowProps): void {
    describePart(this, {
      name: 'Confirmation',
      serviceName: serviceNameOf(this, props),
      consumers: [
        { name: 'decision', queue: this.decisionQueue, deadLetterQueue: this.decisionDeadLetterQueue, function: this.decideConfirmationFunction },
        ...this.confirmationConsumer(),
      ],
      outcomes: [
        { graph: 'Orders by outcome', metric: EVENT_TYPE.ORDER_PENDING, label: 'pending' },
        { graph: COMMAND_OUTCOMES_GRAPH, metric: EVENT_TYPE.ORDER_CONFIRMATION_REFUSED, label: 'confirmation refused' },
      ],
      countsCodes: true,
    });
  }

  private confirmationConsumer(): QueueConsumer[] {
    const { confirmationQueue: queue, confirmationDeadLetterQueue: deadLetterQueue, requestConfirmationFunction: handler } = this;
    return queue && deadLetterQueue && handler ? [{ name: 'confirmation', queue, deadLetterQueue, function: handler }] : [];
  }
}

/** Validates the options of `OrderConfirmationFlow`. */
export const validateConfirmationFlowOptions = (
  scope: Construct, props: OrderConfirmationFlowOptions & CommonOptions & { readonly confirmation?: OrderConfirmation },
): ValidationError[] => [
  ...validateConfirmation(scope, props),
  ...validateQueueConsumer('requestConfirmation', props.requestConfirmation),
  ...validateQueueConsumer('decideConfirmation', props.decideConfirmation),
  ...validateCommon(props),
  ...validateOrderRetention(props),
  ...(props.confirmation?._function ? [] : cannotBeSet(props, ['requestConfirmation'], 'without `confirmation: OrderConfirmation.function(…)`')),
];
