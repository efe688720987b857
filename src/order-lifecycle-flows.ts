import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from './options';
import type { OrderLifecycleFlowsOptions } from './order-lifecycle-options';
import { apiFunction } from './private/api-function';
import { EVENT_TYPE, type HandlerName } from './private/contract';
import { validateLifecycleOptions } from './private/findings';
import { setAcceptedCommands, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { LifecycleFlow } from './private/lifecycle-flow';
import { MAX_ORDER_SIZE } from './private/limits';
import { restrictEventTargetsToAccount } from './private/route-events';
import { assertProps, notTogether } from './private/validate';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Properties of `OrderLifecycleFlows`.
 */
export interface OrderLifecycleFlowsProps extends CommonOptions, OrderLifecycleFlowsOptions {
  /**
   * The bus from which commands come.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of the orders that are changed, such as `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The door whose API gets the routes, and whose queue takes the commands.
   *
   * @default - no routes: commands come over the bus only
   */
  readonly ingest?: RealtimeOrderIngest;

  /**
   * The table that gives commands their places: that of the door through which the orders come. Not together with `ingest`, which has
   * it.
   *
   * @default - that of `ingest`
   */
  readonly sequenceTable?: ITableV2;
}

/**
 * Changes, cancels and fulfills orders: REST → orders queue → `validate-order` → bus → a queue for each flow → `change-order`,
 * `cancel-order`, `fulfill-order` → orders table. Other systems ask by an event on the bus.
 *
 * Commands for one order have their turn in the order in which they were accepted, whatever the order in which they arrive; one that
 * comes before its order waits for it.
 *
 * The routes live with the API, so this construct belongs to the API's stack.
 */
export class OrderLifecycleFlows extends Construct {
  /** Changes on their way to the table; undefined where orders cannot be changed. */
  public readonly changeQueue?: Queue;

  /** Changes that could not be worked on. */
  public readonly changeDeadLetterQueue?: Queue;

  /** Cancellations on their way to the table; undefined where orders cannot be cancelled. */
  public readonly cancellationQueue?: Queue;

  /** Cancellations that could not be worked on. */
  public readonly cancellationDeadLetterQueue?: Queue;

  /** Fulfillments on their way to the table; undefined where orders cannot be fulfilled. */
  public readonly fulfillmentQueue?: Queue;

  /** Fulfillments that could not be worked on. */
  public readonly fulfillmentDeadLetterQueue?: Queue;

  /** Answers `PATCH /orders/{orderId}`. */
  public readonly receiveOrderChangeFunction?: LambdaFunction;

  /** Answers `POST /orders/{orderId}/cancellation`. */
  public readonly receiveOrderCancellationFunction?: LambdaFunction;

  /** Consumes the change queue. */
  public readonly changeOrderFunction?: LambdaFunction;

  /** Consumes the cancellation queue. */
  public readonly cancelOrderFunction?: LambdaFunction;

  /** Consumes the fulfillment queue. */
  public readonly fulfillOrderFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderLifecycleFlowsProps) {
    super(scope, id);
    assertProps(this, [
      ...validateLifecycleOptions(props),
      props.sequenceTable ?? props.ingest ? undefined : 'sequenceTable must be given where ingest is not',
      notTogether('sequenceTable', props.sequenceTable, 'ingest, which has one', props.ingest),
      ...DOOR_OPTIONS.map((option) => (props.ingest || props[option] === undefined ? undefined : `${option} is of no use without ingest`)),
    ]);
    restrictEventTargetsToAccount(this);
    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    if (props.ingest) setAcceptedCommands(props.ingest.validateOrderFunction, acceptedCommands(props));
    const flow = { ...props, sequenceTable: props.sequenceTable ?? props.ingest!.sequenceTable };

    if (props.orderChanges ?? true) {
      const { queue, deadLetterQueue, consumer } = new LifecycleFlow(this, 'Change', {
        ...flow, handler: 'change-order', description: 'Changes orders', eventType: EVENT_TYPE.ORDER_CHANGE_REQUESTED, consumer: props.changeOrder,
      });
      [this.changeQueue, this.changeDeadLetterQueue, this.changeOrderFunction] = [queue, deadLetterQueue, consumer];
      this.receiveOrderChangeFunction = this.door(props, props.receiveOrderChange, {
        method: 'PATCH',
        path: '/orders/{orderId}',
        handler: 'receive-order-change',
        description: 'Checks the shape of a change and puts it into the orders queue',
      });
    }
    if (props.orderCancellations ?? true) {
      const { queue, deadLetterQueue, consumer } = new LifecycleFlow(this, 'Cancellation', {
        ...flow, handler: 'cancel-order', description: 'Cancels orders', eventType: EVENT_TYPE.ORDER_CANCELLATION_REQUESTED, consumer: props.cancelOrder,
      });
      [this.cancellationQueue, this.cancellationDeadLetterQueue, this.cancelOrderFunction] = [queue, deadLetterQueue, consumer];
      this.receiveOrderCancellationFunction = this.door(props, props.receiveOrderCancellation, {
        method: 'POST',
        path: '/orders/{orderId}/cancellation',
        handler: 'receive-order-cancellation',
        description: 'Checks the shape of a cancellation and puts it into the orders queue',
      });
    }
    if (props.orderFulfillments ?? true) {
      const { queue, deadLetterQueue, consumer } = new LifecycleFlow(this, 'Fulfillment', {
        ...flow, handler: 'fulfill-order', description: 'Fulfills orders', eventType: EVENT_TYPE.ORDER_FULFILLED, consumer: props.fulfillOrder,
      });
      [this.fulfillmentQueue, this.fulfillmentDeadLetterQueue, this.fulfillOrderFunction] = [queue, deadLetterQueue, consumer];
    }
  }

  /** What a route of the API leads to: it puts commands into the orders queue. */
  private door(props: OrderLifecycleFlowsProps, sizes: HandlerOptions | undefined, { method, path, ...own }: Door): LambdaFunction | undefined {
    const { ingest } = props;
    if (!ingest) return undefined;
    const handler = apiFunction(this, props, sizes, { ...own, environment: { MAX_ORDER_SIZE: maxBodySize(props) } });
    grantSendMessages(handler, ingest.ordersQueue, 'ORDERS_QUEUE_URL');
    ingest.addRoute(method, path, handler);
    return handler;
  }
}

/** A route, and who answers it. */
interface Door {
  readonly method: string;
  readonly path: string;
  readonly handler: HandlerName;
  readonly description: string;
}

/** The options that have a meaning with routes alone. */
const DOOR_OPTIONS = ['receiveOrderChange', 'receiveOrderCancellation', 'maxOrderSize'] as const;

/** What `validate-order` lets through. */
const acceptedCommands = ({ orderChanges, orderCancellations }: OrderLifecycleFlowsOptions): string[] =>
  ['PlaceOrder', ...(orderChanges ?? true ? ['ChangeOrder'] : []), ...(orderCancellations ?? true ? ['CancelOrder'] : [])];

/** A change is no larger than an order. */
const maxBodySize = ({ maxOrderSize }: OrderLifecycleFlowsOptions): string => String((maxOrderSize ?? MAX_ORDER_SIZE).toBytes());
