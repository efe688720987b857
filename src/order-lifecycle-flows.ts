import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ApiHandlerOptions, CommonOptions } from './options';
import type { OrderAuthentication } from './order-authentication';
import { validateLifecycleOptions, type OrderLifecycleFlowsOptions } from './order-lifecycle-options';
import { addRoutes } from './private/api/routes';
import { apiFunction } from './private/api-function';
import { serviceNameOf } from './private/bundled-function';
import type { EventRole } from './private/claimed-events';
import { CommandFlow } from './private/command-flow';
import { COMMAND_OUTCOMES_GRAPH, EVENT_TYPE, type HandlerName } from './private/contract';
import { setAcceptedCommands, grantOrdersTableAccess, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { MAX_ORDER_SIZE } from './private/limits';
import { pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart, type QueueConsumer } from './private/pipeline-part';
import { restrictEventTargetsToAccount } from './private/route-events';
import { assertProps, cannotBeSet } from './private/validate';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Properties of `OrderLifecycleFlows`.
 */
export interface OrderLifecycleFlowsProps extends CommonOptions, OrderLifecycleFlowsOptions {
  /**
   * The bus of requested changes and cancellations, and of fulfillments.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of orders, such as `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The construct whose API gets the routes and whose queue receives the commands.
   *
   * @default - no routes: only other systems request changes and cancellations, by events
   */
  readonly ingest?: RealtimeOrderIngest;

  /**
   * The table that assigns sequence numbers to commands, such as `RealtimeOrderIngest.sequenceTable`. Required without `ingest`, and cannot be
   * set together with it.
   *
   * @default - the table of `ingest`
   */
  readonly sequenceTable?: ITableV2;
}

/**
 * Changes, cancels and fulfills orders: API → orders queue → `validate-order` → bus → one queue for each flow → `change-order`,
 * `cancel-order`, `fulfill-order` → orders table. Other systems request changes and cancellations by events on the bus.
 *
 * Commands of one order are applied in the sequence in which they were accepted. A command that arrives before its order or before an
 * earlier command stays pending.
 *
 * With routes, create it in the stack of the API.
 */
export class OrderLifecycleFlows extends Construct {
  /** The queue of changes. Undefined when `orderChanges` is false. */
  public readonly changeQueue?: Queue;

  /** The dead-letter queue of the change queue. */
  public readonly changeDeadLetterQueue?: Queue;

  /** The queue of cancellations. Undefined when `orderCancellations` is false. */
  public readonly cancellationQueue?: Queue;

  /** The dead-letter queue of the cancellation queue. */
  public readonly cancellationDeadLetterQueue?: Queue;

  /** The queue of fulfillments. Undefined when `orderFulfillments` is false. */
  public readonly fulfillmentQueue?: Queue;

  /** The dead-letter queue of the fulfillment queue. */
  public readonly fulfillmentDeadLetterQueue?: Queue;

  /** Answers `PATCH /orders/{orderId}`. Undefined without `ingest`. */
  public readonly receiveOrderChangeFunction?: LambdaFunction;

  /** Answers `POST /orders/{orderId}/cancellation`. Undefined without `ingest`. */
  public readonly receiveOrderCancellationFunction?: LambdaFunction;

  /** Consumes the change queue: changes orders. */
  public readonly changeOrderFunction?: LambdaFunction;

  /** Consumes the cancellation queue: cancels orders. */
  public readonly cancelOrderFunction?: LambdaFunction;

  /** Consumes the fulfillment queue: fulfills orders. */
  public readonly fulfillOrderFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderLifecycleFlowsProps) {
    super(scope, id);
    assertProps(this, [
      ...validateLifecycleOptions(props),
      sameEnvironment('ordersTable', this, props.ordersTable, 'account and region', TABLE_ADVICE),
      sameEnvironment('sequenceTable', this, props.sequenceTable, 'account and region', TABLE_ADVICE),
      props.sequenceTable ?? props.ingest ? undefined : '`sequenceTable` must be set without `ingest`',
      ...(props.ingest
        ? cannotBeSet(props, ['sequenceTable'], 'together with `ingest`, which has one')
        : cannotBeSet(props, API_OPTIONS, 'without `ingest`')),
    ]);
    restrictEventTargetsToAccount(this);
    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    if (props.ingest) setAcceptedCommands(props.ingest.validateOrderFunction, acceptedCommands(props));
    const events = pipelineEvents(this, props, ...rolesOf(props));
    warnOfEventsWithoutPipeline(this, events, props);
    const flow = { ...props, events, sequenceTable: props.sequenceTable ?? props.ingest!.sequenceTable };

    if (props.orderChanges ?? true) {
      const { queue, deadLetterQueue, consumer } = new CommandFlow(this, 'Change', {
        ...flow, handler: 'change-order', description: 'Changes orders', eventTypes: [EVENT_TYPE.ORDER_CHANGE_REQUESTED], consumer: props.changeOrder,
      });
      [this.changeQueue, this.changeDeadLetterQueue, this.changeOrderFunction] = [queue, deadLetterQueue, consumer];
      this.receiveOrderChangeFunction = this.addRoute(props, props.receiveOrderChange, {
        method: 'PATCH',
        path: '/orders/{orderId}',
        authentication: props.ingest?._api.authenticationOf('changeOrders'),
        handler: 'receive-order-change',
        description: 'Validates the shape of a change and sends it to the orders queue',
      });
    }
    if (props.orderCancellations ?? true) {
      const { queue, deadLetterQueue, consumer } = new CommandFlow(this, 'Cancellation', {
        ...flow, handler: 'cancel-order', description: 'Cancels orders', eventTypes: [EVENT_TYPE.ORDER_CANCELLATION_REQUESTED], consumer: props.cancelOrder,
      });
      [this.cancellationQueue, this.cancellationDeadLetterQueue, this.cancelOrderFunction] = [queue, deadLetterQueue, consumer];
      this.receiveOrderCancellationFunction = this.addRoute(props, props.receiveOrderCancellation, {
        method: 'POST',
        path: '/orders/{orderId}/cancellation',
        authentication: props.ingest?._api.authenticationOf('cancelOrders'),
        handler: 'receive-order-cancellation',
        description: 'Validates the shape of a cancellation and sends it to the orders queue',
      });
    }
    if (props.orderFulfillments ?? true) {
      const { queue, deadLetterQueue, consumer } = new CommandFlow(this, 'Fulfillment', {
        ...flow,
        handler: 'fulfill-order',
        description: 'Fulfills orders',
        eventTypes: [EVENT_TYPE.ORDER_FULFILLED, EVENT_TYPE.ORDER_ITEMS_FULFILLED],
        consumer: props.fulfillOrder,
      });
      [this.fulfillmentQueue, this.fulfillmentDeadLetterQueue, this.fulfillOrderFunction] = [queue, deadLetterQueue, consumer];
    }
    this.describe(props);
  }

  private describe(props: OrderLifecycleFlowsProps): void {
    describePart(this, {
      name: 'Lifecycle',
      serviceName: serviceNameOf(this, props),
      consumers: [
        ...consumerOf('change', this.changeQueue, this.changeDeadLetterQueue, this.changeOrderFunction),
        ...consumerOf('cancellation', this.cancellationQueue, this.cancellationDeadLetterQueue, this.cancelOrderFunction),
        ...consumerOf('fulfillment', this.fulfillmentQueue, this.fulfillmentDeadLetterQueue, this.fulfillOrderFunction),
      ],
      apiFunctions: [this.receiveOrderChangeFunction, this.receiveOrderCancellationFunction],
      outcomes: [{ graph: COMMAND_OUTCOMES_GRAPH, metric: EVENT_TYPE.ORDER_FULFILLED, label: 'fulfilled' }],
      countsCodes: true,
    });
  }

  /** Adds a route to the API, and the function that sends its commands to the orders queue. */
  private addRoute(
    props: OrderLifecycleFlowsProps, options: ApiHandlerOptions | undefined, { method, path, authentication, ...own }: Route,
  ): LambdaFunction | undefined {
    const { ingest } = props;
    if (!ingest) return undefined;
    const handler = apiFunction(this, props, options, { ...own, environment: { MAX_ORDER_SIZE: maxBodySize(props) } });
    grantSendMessages(handler, ingest.ordersQueue, 'ORDERS_QUEUE_URL');
    if (ingest._api.hasCustomers) grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:GetItem']);
    // No other route answers requests to a cancellation.
    if (method === 'POST') addRoutes(ingest, handler, { methods: [method], paths: [path], authentication });
    else ingest.addRoute(method, path, handler, authentication);
    return handler;
  }
}

/** A route and its handler. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly authentication?: OrderAuthentication;
  readonly handler: HandlerName;
  readonly description: string;
}

/** Options of the routes. */
const API_OPTIONS = ['receiveOrderChange', 'receiveOrderCancellation', 'maxOrderSize'] as const;

/** The commands that no other construct may consume. */
const rolesOf = ({ orderChanges, orderCancellations, orderFulfillments }: OrderLifecycleFlowsOptions): EventRole[] => [
  ...(orderChanges ?? true ? ['change orders'] as const : []),
  ...(orderCancellations ?? true ? ['cancel orders'] as const : []),
  ...(orderFulfillments ?? true ? ['fulfill orders'] as const : []),
];

/** The types of commands that `validate-order` accepts. */
const acceptedCommands = ({ orderChanges, orderCancellations }: OrderLifecycleFlowsOptions): string[] =>
  ['PlaceOrder', ...(orderChanges ?? true ? ['ChangeOrder'] : []), ...(orderCancellations ?? true ? ['CancelOrder'] : [])];

/** A change must not be larger than an order. */
const maxBodySize = ({ maxOrderSize }: OrderLifecycleFlowsOptions): string => String((maxOrderSize ?? MAX_ORDER_SIZE).toBytes());

/** The consumer of a flow; none when the flow is switched off. */
const consumerOf = (name: string, queue?: Queue, deadLetterQueue?: Queue, handler?: LambdaFunction): QueueConsumer[] =>
  (queue && deadLetterQueue && handler ? [{ name, queue, deadLetterQueue, function: handler }] : []);
