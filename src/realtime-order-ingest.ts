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
import type { CommonOptions } from './options';
import { acknowledge } from './private/acknowledge';
import { apiFunction } from './private/api-function';
import { BundledFunction } from './private/bundled-function';
import { DEFAULT_EVENT_SOURCE, SEQUENCE_KEYS } from './private/contract';
import { validateIngestOptions } from './private/findings';
import { setAcceptedCommands, grantInvokeValidationHook, grantAssignSequence, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { MAX_ORDER_SIZE } from './private/limits';
import { OrderApi } from './private/order-api';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';
import type { RealtimeOrderIngestOptions } from './realtime-order-options';

/**
 * Properties of `RealtimeOrderIngest`.
 */
export interface RealtimeOrderIngestProps extends CommonOptions, RealtimeOrderIngestOptions {
  /**
   * The bus on which the outcome of the validation is said.
   */
  readonly eventBus: IEventBus;
}

/**
 * Takes orders one at a time: REST API → `receive-order` → orders queue (FIFO) → `validate-order` → bus.
 *
 * A 202 means that the order is in the queue and will not be lost. Within one order, commands are validated in the order in
 * which they were accepted.
 */
export class RealtimeOrderIngest extends Construct {
  /** The REST API. */
  public readonly api: RestApi;

  /** The API key that clients send; undefined when none is required. Its value is not in the template. */
  public readonly apiKey?: ApiKey;

  /** The usage plan of the API key. Add further keys here. */
  public readonly usagePlan?: UsagePlan;

  /** Where the API logs its requests; undefined when it does not. */
  public readonly accessLogGroup?: LogGroup;

  /** Every accepted command, FIFO, with the order's id as message group. */
  public readonly ordersQueue: Queue;

  /** What could not be validated. FIFO, like its source. */
  public readonly ordersDeadLetterQueue: Queue;

  /** Gives every command its place among the commands of its order: the table given, or a new one. */
  public readonly sequenceTable: ITableV2;

  /** Answers the API: first validation. */
  public readonly receiveOrderFunction: LambdaFunction;

  /** Consumes the orders queue: second validation. */
  public readonly validateOrderFunction: LambdaFunction;

  private readonly methodOptions: MethodOptions;

  constructor(scope: Construct, id: string, props: RealtimeOrderIngestProps) {
    super(scope, id);
    assertProps(this, validateIngestOptions(this, props));

    const queue = new QueueWithDeadLetterQueue(this, 'Orders', { ...props.validateOrder, fifo: true, encryptionKey: props.encryptionKey });
    this.ordersQueue = queue.queue;
    this.ordersDeadLetterQueue = queue.deadLetterQueue;

    this.receiveOrderFunction = apiFunction(this, props, props.receiveOrder, {
      handler: 'receive-order',
      description: 'Checks the shape of an order and puts it into the orders queue',
      environment: { MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()) },
    });
    grantSendMessages(this.receiveOrderFunction, this.ordersQueue, 'ORDERS_QUEUE_URL');

    this.validateOrderFunction = new BundledFunction(this, 'ValidateOrder', {
      ...props,
      ...props.validateOrder,
      handler: 'validate-order',
      description: 'Checks the business rules of an order and says the outcome on the bus',
    });
    this.sequenceTable = props.sequenceTable ?? this.createSequenceTable(props);
    grantAssignSequence(this.validateOrderFunction, this.sequenceTable);
    if (props.validationHook) grantInvokeValidationHook(this.validateOrderFunction, props.validationHook, this.sequenceTable);
    setAcceptedCommands(this.validateOrderFunction, ['PlaceOrder']);
    grantPutEventsToHandler(this.validateOrderFunction, props.eventBus, props.eventSource ?? DEFAULT_EVENT_SOURCE);
    grantSendMessages(this.validateOrderFunction, this.ordersDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.feed(this.validateOrderFunction);

    const apiKeyRequired = props.apiKeyRequired ?? !props.authorizer;
    this.methodOptions = {
      apiKeyRequired,
      ...(props.authorizer ? { authorizer: props.authorizer } : { authorizationType: AuthorizationType.NONE }),
    };
    const api = new OrderApi(this, 'Api', { ...props, methodOptions: this.methodOptions });
    this.api = api;
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
      Annotations.of(this).addWarningV2('cdk-order-pipeline:openApi', 'anybody can place orders: there is no API key and no authorizer');
    }
  }

  /**
   * Adds a route to the API, with the same keys and authorizer as the others.
   *
   * @param httpMethod such as `GET`.
   * @param path       such as `/orders/{orderId}`.
   * @param handler    answers it (Lambda proxy integration).
   */
  public addRoute(httpMethod: string, path: string, handler: IFunction): Method {
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    const method = this.api.root.resourceForPath(path).addMethod(httpMethod, integration, this.methodOptions);
    const { authorizer, apiKeyRequired } = this.methodOptions;
    if (authorizer) acknowledge(method, [{ id: 'AwsSolutions-COG4', reason: 'The app has chosen an authorizer.' }]);
    else if (apiKeyRequired) acknowledge(method, BEHIND_A_KEY);
    return method;
  }

  /**
   * Lets somebody put commands into the orders queue, past the API.
   *
   * @param grantee who may send.
   */
  public grantSendOrders(grantee: IGrantable): Grant {
    return this.ordersQueue.grantSendMessages(grantee);
  }

  private createSequenceTable(props: RealtimeOrderIngestProps): TableV2 {
    return new TableV2(this, 'SequenceTable', {
      ...tableDefaults(props),
      partitionKey: { name: SEQUENCE_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: SEQUENCE_KEYS.sortKey, type: AttributeType.NUMBER },
    });
  }
}

/** Without an authorizer and without a key these findings stay: then anybody can call. */
const BEHIND_A_KEY = ['AwsSolutions-APIG4', 'AwsSolutions-COG4'].map((id) =>
  ({ id, reason: 'Callers send an API key of a usage plan; an app that has to know who they are gives an authorizer.' }));
