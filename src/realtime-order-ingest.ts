import type { ApiKey, IApiKey, RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi, IDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions } from './options';
import type { OrderAuthentication } from './order-authentication';
import { OrdersApi } from './private/api/orders-api';
import { apiFunction } from './private/api-function';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { EVENT_TYPE, SEQUENCE_KEYS, WITHOUT_HOOK } from './private/contract';
import { setAcceptedCommands, grantInvokeValidationHook, grantAssignSequence, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { MAX_ORDER_SIZE } from './private/limits';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { rejectedOrdersAlarm } from './private/rejected-orders-alarm';
import { tableDefaults } from './private/table-defaults';
import { assertProps, notTogether } from './private/validate';
import { validateIngestOptions, type RealtimeOrderIngestOptions } from './realtime-order-options';

/**
 * Properties of `RealtimeOrderIngest`.
 */
export interface RealtimeOrderIngestProps extends CommonOptions, RealtimeOrderIngestOptions {
  /**
   * The bus on which validation publishes the outcomes.
   */
  readonly eventBus: IEventBus;
}

/**
 * Receives orders over a REST API or an HTTP API and validates them: API → `receive-order` → orders queue (FIFO) → `validate-order` → bus.
 *
 * A 202 response means that the order is in the queue. Commands of one order are validated in the sequence in which the API accepted
 * them.
 */
export class RealtimeOrderIngest extends Construct {
  /**
   * The URL of the API, without a slash at the end: `https://abc123.execute-api.eu-central-1.amazonaws.com/prod`, or `https://orders.example.com/shop` with
   * `domain`.
   */
  public readonly url: string;

  /** The custom domain name that the construct created. Undefined without `domain.certificate`. */
  public readonly domainName?: IDomainName;

  /** The REST API that the construct created. Undefined with `OrderApi.http()` and for an existing API. */
  public readonly restApi?: RestApi;

  /** The HTTP API that the construct created. Undefined with `OrderApi.rest()` and for an existing API. */
  public readonly httpApi?: HttpApi;

  /** The access log of the API. Undefined when `accessLog` is false, or the API is an existing one. */
  public readonly accessLogGroup?: LogGroup;

  /** The FIFO queue of accepted commands. The message group is the order ID; with tenants, `<tenant>/<order ID>`. */
  public readonly ordersQueue: Queue;

  /** The FIFO dead-letter queue of the orders queue. */
  public readonly ordersDeadLetterQueue: Queue;

  /** Assigns sequence numbers to the commands of each order: the existing table of the props, or a new one. */
  public readonly sequenceTable: ITableV2;

  /** Answers `POST /orders`: validates the shape of an order and sends it to the orders queue. */
  public readonly receiveOrderFunction: LambdaFunction;

  /** Consumes the orders queue: validates orders by the business rules. */
  public readonly validateOrderFunction: LambdaFunction;

  /** @internal */
  public readonly _api: OrdersApi;

  constructor(scope: Construct, id: string, props: RealtimeOrderIngestProps) {
    super(scope, id);
    assertProps(this, [
      ...validateIngestOptions(this, props), notTogether('sequenceTable', props.sequenceTable, 'warmThroughput', props.warmThroughput),
    ]);
    // Several APIs can share a sequence table, and so the orders of one pipeline.
    const events = pipelineEvents(this, props, ...(props.sequenceTable ? [] : ['validate orders'] as const));

    const { encryptionKey, removalPolicy } = props;
    const queue = new QueueWithDeadLetterQueue(this, 'Orders', { ...props.validateOrder, fifo: true, encryptionKey, removalPolicy });
    this.ordersQueue = queue.queue;
    this.ordersDeadLetterQueue = queue.deadLetterQueue;

    this.receiveOrderFunction = apiFunction(this, props, props.receiveOrder, {
      handler: 'receive-order',
      description: 'Validates the shape of an order and sends it to the orders queue',
      environment: { MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()) },
    });
    grantSendMessages(this.receiveOrderFunction, this.ordersQueue, 'ORDERS_QUEUE_URL');

    this.validateOrderFunction = new BundledFunction(this, 'ValidateOrder', {
      ...props,
      ...props.validateOrder,
      handler: 'validate-order',
      file: props.validationHook ? undefined : WITHOUT_HOOK,
      description: 'Validates orders by the business rules and publishes the outcomes',
    });
    this.sequenceTable = props.sequenceTable ?? this.createSequenceTable(props);
    grantAssignSequence(this.validateOrderFunction, this.sequenceTable);
    if (props.validationHook) grantInvokeValidationHook(this.validateOrderFunction, props.validationHook, this.sequenceTable);
    setAcceptedCommands(this.validateOrderFunction, ['PlaceOrder']);
    grantPutEventsToHandler(this.validateOrderFunction, events);
    grantSendMessages(this.validateOrderFunction, this.ordersDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.validateOrderFunction);

    this._api = new OrdersApi(this, props, this.receiveOrderFunction);
    ({ url: this.url, domainName: this.domainName } = this._api);
    ({ restApi: this.restApi, httpApi: this.httpApi, accessLogGroup: this.accessLogGroup } = this._api.gateway);
    this.addRoute('POST', '/orders', this.receiveOrderFunction, this._api.authenticationOf('placeOrders'));
    this.describe(props);
  }

  /** The API key of clients. Undefined when no route needs one, or when tenants have keys. Its value is not in the template. */
  public get apiKey(): ApiKey | undefined {
    return this._api.gateway.apiKey;
  }

  /** The usage plan of the API key. Add keys of further clients to it. Undefined when `apiKey` is. */
  public get usagePlan(): UsagePlan | undefined {
    return this._api.gateway.usagePlan;
  }

  /**
   * The API key of a tenant, with `OrderTenants.apiKeys`. Its value is not in the template.
   *
   * @param tenant the tenant.
   * @param name   the name of the key, by default `default`.
   * @throws Error when there is no such key.
   */
  public tenantApiKey(tenant: string, name: string = 'default'): IApiKey {
    return this._api.tenantApiKey(tenant, name);
  }

  /**
   * An API key of operators, with `OrderOperators.apiKeys`. Its value is not in the template.
   *
   * @param name the name of the key.
   * @throws Error when there is no such key.
   */
  public operatorApiKey(name: string): IApiKey {
    return this._api.operatorApiKey(name);
  }

  /**
   * Adds a route to the API. With `cors`, the API answers preflight requests for it; the headers of the response are up to the handler, except
   * with an HTTP API, which adds them.
   *
   * @param httpMethod     such as `GET`; `ANY` for all that no other route of the path has.
   * @param path           such as `/orders/{orderId}`.
   * @param handler        answers the route (Lambda proxy integration), with events of the payload format 1.0 for both kinds of APIs.
   * @param authentication by default, the `authentication` of the construct.
   */
  public addRoute(httpMethod: string, path: string, handler: IFunction, authentication: OrderAuthentication = this._api.authentication): void {
    this._api.addRoute(httpMethod, path, handler, authentication);
  }

  /**
   * Grants a principal to call the API with IAM authentication (`execute-api:Invoke`).
   *
   * @param grantee the principal that signs requests.
   * @param routes  such as `POST /orders` and `POST /orders/{orderId}/cancellation`; by default, all. IAM lets the ID of an order match any text:
   * `GET /orders/{orderId}` includes `GET /orders/{orderId}/events`.
   * @throws Error if no route has IAM authentication.
   */
  public grantInvokeApi(grantee: IGrantable, ...routes: string[]): Grant {
    return this._api.grantInvoke(grantee, routes);
  }

  /**
   * Grants a principal to send commands to the orders queue without the API.
   *
   * @param grantee the principal that sends commands.
   */
  public grantSendOrders(grantee: IGrantable): Grant {
    return this.ordersQueue.grantSendMessages(grantee);
  }

  private describe(props: RealtimeOrderIngestProps): void {
    const { ordersQueue: queue, ordersDeadLetterQueue: deadLetterQueue, validateOrderFunction } = this;
    const graph = 'Orders by outcome';
    describePart(this, {
      name: 'Ingest',
      serviceName: serviceNameOf(this, props),
      consumers: [{ name: 'orders', queue, deadLetterQueue, function: validateOrderFunction, groupIsOrder: true }],
      apiFunctions: [this.receiveOrderFunction],
      tables: [this.sequenceTable],
      outcomes: [
        { graph, metric: 'OrderReceived', label: 'received over the API' },
        { graph, metric: EVENT_TYPE.ORDER_VALIDATED, label: 'validated' },
        { graph, metric: EVENT_TYPE.ORDER_REJECTED, label: 'rejected' },
      ],
      countsCodes: true,
      alarms: [...this._api.gateway.alarms(this.receiveOrderFunction), rejectedOrdersAlarm(validateOrderFunction)],
      graphs: this._api.gateway.graphs,
    });
  }

  private createSequenceTable(props: RealtimeOrderIngestProps): TableV2 {
    return new TableV2(this, 'SequenceTable', {
      ...tableDefaults(props),
      partitionKey: { name: SEQUENCE_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: SEQUENCE_KEYS.sortKey, type: AttributeType.NUMBER },
    });
  }
}
