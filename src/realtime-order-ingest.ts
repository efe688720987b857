import { Annotations } from 'aws-cdk-lib';
import {
  ApiKey, AuthorizationType, LambdaIntegration, UsagePlan,
  type Method, type MethodOptions, type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { ApiCorsOptions } from './api-cors-options';
import type { CommonOptions } from './options';
import { acknowledge } from './private/acknowledge';
import { addPreflight, setCorsOrigins } from './private/api-cors';
import { apiFunction } from './private/api-function';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { EVENT_TYPE, SEQUENCE_KEYS } from './private/contract';
import { setAcceptedCommands, grantInvokeValidationHook, grantAssignSequence, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { MAX_ORDER_SIZE } from './private/limits';
import { OrderApi } from './private/order-api';
import { apiAlarms, apiGraphs } from './private/order-api-monitoring';
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
 * Receives orders over a REST API and validates them: API → `receive-order` → orders queue (FIFO) → `validate-order` → bus.
 *
 * A 202 response means that the order is in the queue. Commands of one order are validated in the sequence in which the API accepted
 * them.
 */
export class RealtimeOrderIngest extends Construct {
  /** The REST API. */
  public readonly api: RestApi;

  /** The API key of clients. Undefined when requests need none. Its value is not in the template. */
  public readonly apiKey?: ApiKey;

  /** The usage plan of the API key. Add keys of further clients to it. Undefined when requests need no key. */
  public readonly usagePlan?: UsagePlan;

  /** The access log of the API. Undefined when `accessLog` is false. */
  public readonly accessLogGroup?: LogGroup;

  /** The FIFO queue of accepted commands. The message group is the id of the order. */
  public readonly ordersQueue: Queue;

  /** The FIFO dead-letter queue of the orders queue. */
  public readonly ordersDeadLetterQueue: Queue;

  /** Assigns sequence numbers to the commands of each order: the existing table of the props, or a new one. */
  public readonly sequenceTable: ITableV2;

  /** Answers `POST /orders`: validates the shape of an order and sends it to the orders queue. */
  public readonly receiveOrderFunction: LambdaFunction;

  /** Consumes the orders queue: validates orders by the business rules. */
  public readonly validateOrderFunction: LambdaFunction;

  private readonly methodOptions: MethodOptions;
  private readonly cors?: ApiCorsOptions;

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
      description: 'Validates orders by the business rules and publishes the outcomes',
    });
    this.sequenceTable = props.sequenceTable ?? this.createSequenceTable(props);
    grantAssignSequence(this.validateOrderFunction, this.sequenceTable);
    if (props.validationHook) grantInvokeValidationHook(this.validateOrderFunction, props.validationHook, this.sequenceTable);
    setAcceptedCommands(this.validateOrderFunction, ['PlaceOrder']);
    grantPutEventsToHandler(this.validateOrderFunction, events);
    grantSendMessages(this.validateOrderFunction, this.ordersDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.validateOrderFunction);

    const apiKeyRequired = props.apiKeyRequired ?? !props.authorizer;
    this.methodOptions = {
      apiKeyRequired,
      ...(props.authorizer ? { authorizer: props.authorizer } : { authorizationType: AuthorizationType.NONE }),
    };
    const api = new OrderApi(this, 'Api', { ...props, methodOptions: this.methodOptions });
    this.api = api;
    this.cors = props.cors;
    this.accessLogGroup = api.accessLogGroup;
    if (props.webAclArn !== undefined) {
      const webAcl = new CfnWebACLAssociation(this, 'WebAclAssociation', { resourceArn: api.deploymentStage.stageArn, webAclArn: props.webAclArn });
      webAcl.node.addDependency(api.deploymentStage);
    }
    this.addRoute('POST', '/orders', this.receiveOrderFunction);
    if (apiKeyRequired) {
      this.apiKey = new ApiKey(this, 'ApiKey', { description: 'Places orders' });
      this.usagePlan = new UsagePlan(this, 'UsagePlan', { apiStages: [{ api, stage: api.deploymentStage }] });
      this.usagePlan.addApiKey(this.apiKey);
    } else if (!props.authorizer) {
      Annotations.of(this).addWarningV2('cdk-order-pipeline:openApi', 'the API accepts orders of all clients; set `apiKeyRequired` or `authorizer`');
    }
    this.describe(props);
  }

  /**
   * Adds a route to the API, with the API key and authorizer of the other routes. With `cors`, the API answers preflight requests for it; the
   * headers of the response are up to the handler.
   *
   * @param httpMethod such as `GET`.
   * @param path       such as `/orders/{orderId}`.
   * @param handler    answers the route (Lambda proxy integration).
   */
  public addRoute(httpMethod: string, path: string, handler: IFunction): Method {
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    const resource = this.api.root.resourceForPath(path);
    const method = resource.addMethod(httpMethod, integration, this.methodOptions);
    if (this.cors) {
      addPreflight(resource, this.cors);
      setCorsOrigins(handler, this.cors);
    }
    const { authorizer, apiKeyRequired } = this.methodOptions;
    if (authorizer) acknowledge(method, [{ id: 'AwsSolutions-COG4', reason: 'The app uses another authorizer.' }]);
    else if (apiKeyRequired) acknowledge(method, API_KEY_RULES);
    return method;
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
      alarms: [...apiAlarms(this.api, this.receiveOrderFunction), rejectedOrdersAlarm(validateOrderFunction)],
      graphs: apiGraphs(this.api),
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

/** cdk-nag rules that an API key satisfies. Without key and authorizer, cdk-nag reports them. */
const API_KEY_RULES = ['AwsSolutions-APIG4', 'AwsSolutions-COG4'].map((id) =>
  ({ id, reason: 'Clients send an API key of a usage plan; the app can set an authorizer.' }));
